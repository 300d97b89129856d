package import DNSSEC

extension Flow {
    /// Spans in seconds for which a domain may rest, the longest first.
    private static let rests: [Int64] = [6 * 3600, 3600, 900]
    /// Seconds after which an open incident is part of how things are.
    private static let rested: Int64 = 86_400

    /// Until when a domain may rest: as long as its sources answer just what they answered now, nothing would be told and
    /// nothing learnt but that time passes. Nil when it may not.
    ///
    /// Two things are shown, not supposed. The round taught nothing that ``WatchState/passQuietRound(at:monotonic:)`` does
    /// not know, so the rounds left out can be made up for. And the same answers at the end of the rest would say nothing
    /// new: what comes with time, such as the end of a signature or of a registration, comes no earlier.
    ///
    /// - Parameter before: memory before the round that led to `outcome`.
    package static func rest(
        watch: Watch, before: WatchState, outcome: RoundOutcome, snapshot: Snapshot, verifier: any SignatureVerifier,
        rules: [Rule] = Rulebook.all
    ) -> Timestamp? {
        guard snapshot.look == .regular, snapshot.registry == nil, outcome.isQuiet else { return nil }
        guard let learntAt = before.learntAt, snapshot.at.seconds(since: learntAt) > watch.learning else { return nil }
        // A young incident is watched awake: its end is told at the round that sees it.
        guard outcome.state.book.open.allSatisfy({ snapshot.at.seconds(since: $0.openedAt) > rested }) else {
            return nil
        }
        var passed = before
        passed.passQuietRound(at: snapshot.at, monotonic: snapshot.monotonic)
        passed.verdicts = outcome.state.verdicts
        guard passed == outcome.state else { return nil }
        let codes = outcome.findings.map(\.key)
        for span in rests where span >= 2 * watch.interval {
            var state = outcome.state
            state.passQuietRound(
                at: snapshot.at.adding(seconds: span - watch.interval),
                monotonic: snapshot.monotonic + span - watch.interval)
            var later = snapshot
            later.at = snapshot.at.adding(seconds: span)
            later.monotonic += span
            let then = round(watch: watch, state: state, snapshot: later, verifier: verifier, rules: rules)
            if then.isQuiet, then.findings.map(\.key) == codes { return later.at }
        }
        return nil
    }
}

extension RoundOutcome {
    /// Nothing to tell, nothing to keep, nothing to look at again.
    fileprivate var isQuiet: Bool { events.isEmpty && changes.isEmpty && secondLook == nil }
}
