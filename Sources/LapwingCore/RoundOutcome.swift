/// The result of a round.
package struct RoundOutcome: Sendable {
    /// The memory for the next round.
    package var state: WatchState
    /// The events of incidents, in their order, to be reported.
    package var events: [IncidentEvent] = []
    /// Changes for the history, welcome or not: those believed for the first time, and the reversals of those that are
    /// undone.
    package var changes: [Change] = []
    /// All changes that this round believed, whether they were recorded before or not.
    package var seen: [Change] = []
    /// The findings of the rules, believed or not yet.
    package var findings: [Finding] = []
    /// A second look to make before reporting; the engine makes it and passes it to `Flow.round` like any other round.
    /// Nil if none is needed.
    package var secondLook: SecondLook?

    package init(state: WatchState) {
        self.state = state
    }
}
