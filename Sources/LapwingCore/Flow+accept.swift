extension Flow {
    /// Takes what an incident tells as the new normal, because a person said so; nil means every open incident.
    ///
    /// The incidents end, and what they held back is learnt from the next round on.
    package static func accept(state: WatchState, incident: String?, by person: String, at now: Timestamp) -> RoundOutcome {
        var outcome = RoundOutcome(state: state)
        var left: [Incident] = []
        for var accepted in state.book.open {
            guard incident == nil || accepted.id == incident else {
                left.append(accepted)
                continue
            }
            accepted.acceptedBy = person.isEmpty ? "somebody" : person
            accepted.closedAt = now
            outcome.state.book.closed.append(accepted)
        }
        outcome.state.book.open = left
        return outcome
    }
}
