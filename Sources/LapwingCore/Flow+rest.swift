package import DNSSEC

extension Flow {
    /// Possible durations of a rest in seconds, the longest first.
    private static let rests: [Int64] = [6 * 3600, 3600, 900]

    /// Returns until when a domain may rest: as long as its sources give the same answers, nothing would be reported or
    /// learnt, except that time passes. Returns nil if it may not rest.
    ///
    /// Two conditions are verified. First, the round taught nothing beyond
    /// ``WatchState/passQuietRounds(_:until:monotonic:)``, or the next one would not if it had the same answers, so the
    /// skipped rounds can be made up for. Second, the same answers at the end of the rest would give no new result:
    /// consequences of time alone, such as the end of a signature or of a registration, do not come earlier.
    ///
    /// - Parameter before: the memory before the round that led to `outcome`.
    package static func rest(
        watch: Watch, before: WatchState, outcome: RoundOutcome, snapshot: Snapshot, verifier: any SignatureVerifier,
        rules: [Rule] = Rulebook.all
    ) -> Timestamp? {
        guard snapshot.look == .regular, outcome.secondLook == nil else { return nil }
        // Unchecked signatures may be checked in another round, and looking ahead would cost as much again.
        guard !outcome.findings.has(.dnssecCostly) else { return nil }
        // A removed DS is reported for a week and is then normal, by the passage of time alone.
        guard !outcome.findings.has(.secureDelegation) else { return nil }
        guard before.learntAt != nil else { return nil }
        // The serial may advance at the source of the transfer before any server of the domain has the new version.
        guard watch.transfer == nil else { return nil }
        // An announced change may happen, or be found missing, at any moment.
        guard outcome.state.announced == nil, watch.windows.allSatisfy({ $0.content == nil }) else { return nil }
        // A finding about one place may end with the next look from there, which no answer here would show.
        guard !outcome.findings.contains(where: \.isOfPlace), !snapshot.places.contains(where: \.isUnserved)
        else { return nil }
        // What is asked only now and then is not asked during a rest.
        var seen = snapshot
        seen.registry = nil
        seen.givesZone = nil
        let context = (watch: watch, verifier: verifier, rules: rules)
        guard
            snapshot.registry == nil && taughtNothing(from: before, outcome, at: snapshot)
                || settles(from: before, outcome, asDid: snapshot, then: seen, context)
        else { return nil }
        let codes = outcome.findings.map(\.key)
        for span in rests where span >= 2 * watch.interval {
            // All rounds in between are passed, not only the time, since conditions that count rounds may be met as
            // well.
            let rounds = (span - 1) / watch.interval
            var state = outcome.state
            state.passQuietRounds(
                Int(rounds), until: snapshot.at.adding(seconds: rounds * watch.interval),
                monotonic: snapshot.monotonic + rounds * watch.interval)
            var later = seen
            later.at = snapshot.at.adding(seconds: span)
            later.monotonic += span
            let then = round(watch: watch, state: state, snapshot: later, verifier: verifier, rules: rules)
            // The questions must stay the same: a name that has become steady is asked for several times.
            let asksTheSame = then.state.delegation.steady == outcome.state.delegation.steady
            if then.isQuiet, asksTheSame, then.findings.map(\.key) == codes { return later.at }
        }
        return nil
    }

    private static func taughtNothing(from before: WatchState, _ outcome: RoundOutcome, at snapshot: Snapshot) -> Bool {
        guard outcome.isQuiet else { return false }
        var passed = before
        passed.passQuietRounds(1, until: snapshot.at, monotonic: snapshot.monotonic)
        passed.verdicts = outcome.state.verdicts
        return passed == outcome.state
    }

    /// Whether news is over with the round that brought it: the same answers would teach nothing in the next one.
    ///
    /// A round without news that taught something all the same is one of a name that varies; supposing that it does not
    /// would be work for nothing.
    private static func settles(
        from before: WatchState, _ outcome: RoundOutcome, asDid snapshot: Snapshot, then seen: Snapshot,
        _ context: (watch: Watch, verifier: any SignatureVerifier, rules: [Rule])
    ) -> Bool {
        guard !outcome.isQuiet || snapshot.registry != nil || snapshot.givesZone != nil, before.announced == nil,
            before.delegation.asks(like: outcome.state.delegation)
        else { return false }
        var next = seen
        next.at = snapshot.at.adding(seconds: context.watch.interval)
        next.monotonic += context.watch.interval
        let then = round(
            watch: context.watch, state: outcome.state, snapshot: next, verifier: context.verifier, rules: context.rules
        )
        return then.findings.map(\.key) == outcome.findings.map(\.key)
            && taughtNothing(from: outcome.state, then, at: next)
    }
}

extension Finding {
    /// Whether it is about one of the places that look at the domain.
    package var isOfPlace: Bool {
        if case .place = cause { true } else { false }
    }
}

extension RoundOutcome {
    /// Whether there is nothing to report, to keep, or to look at again.
    package var isQuiet: Bool { events.isEmpty && changes.isEmpty && seen.isEmpty && secondLook == nil }
}
