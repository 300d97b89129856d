package import DNSSEC

/// The thinking of the product: from what one round saw to what is told, in two functions without a clock.
package enum Flow {
    /// Judges one round of one watch.
    package static func round(
        watch: Watch, state: WatchState, snapshot: Snapshot, verifier: any SignatureVerifier,
        rules: [Rule] = Rulebook.all
    ) -> RoundOutcome {
        var state = state
        state.clock.note(wall: snapshot.at, monotonic: snapshot.monotonic)
        var verdicts = VerdictCache()
        swap(&verdicts, &state.verdicts)
        let picture = Picture(watch: watch, state: state, snapshot: snapshot, verifier: verifier, verdicts: &verdicts)
        var findings: [Finding] = []
        for rule in rules { findings += rule.judge(picture, findings) }

        var outcome = RoundOutcome(state: state)
        outcome.state.verdicts = verdicts
        outcome.findings = findings
        let (events, believed) = outcome.state.book.apply(findings, to: picture)
        outcome.events = events
        outcome.secondLook = secondLook(findings, believed, picture)
        // What a blind monitor sees is no fact: memory stays as it is.
        guard !picture.isBlind else { return outcome }
        outcome.changes = believed.flatMap(\.changes)
        var learner = Learner(picture: picture, findings: findings, believed: believed, state: outcome.state)
        learner.learn()
        outcome.state = learner.state
        return outcome
    }

    /// A closer look is due when something was seen once that would be told when seen twice.
    private static func secondLook(_ findings: [Finding], _ believed: [Finding], _ picture: Picture) -> SecondLook? {
        guard picture.isRegular else { return nil }
        let sure = Set(believed.map(\.key))
        let doubtful = findings.filter { !sure.contains($0.key) && $0.need.looks == 2 && $0.severity >= .notice }
        return doubtful.map(\.look).reduce(nil) { $0?.merged(with: $1) ?? $1 }
    }
}

/// What came of a round.
package struct RoundOutcome: Sendable {
    /// Memory for the next round.
    package var state: WatchState
    package var events: [IncidentEvent] = []
    /// Changes that are believed, the welcome and the unwelcome; for the history.
    package var changes: [Change] = []
    /// What the rules found, believed or not yet.
    package var findings: [Finding] = []
    /// A closer look to make before speaking; the engine makes it and hands it to `Flow.round` like any other round.
    package var secondLook: SecondLook?

    package init(state: WatchState) {
        self.state = state
    }
}
