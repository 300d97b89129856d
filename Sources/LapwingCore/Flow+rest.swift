package import DNSSEC

extension Flow {
    /// Spans in seconds for which a domain may rest, the longest first.
    private static let rests: [Int64] = [6 * 3600, 3600, 900]

    /// Until when a domain may rest: as long as its sources answer just what they answered now, nothing would be reported and
    /// nothing learnt but that time passes. Nil when it may not.
    ///
    /// Two things are shown, not supposed. The round taught nothing that ``WatchState/passQuietRounds(_:until:monotonic:)`` does
    /// not know, so the rounds left out can be made up for. And the same answers at the end of the rest would say nothing
    /// new: what comes with time, such as the end of a signature or of a registration, comes no earlier.
    ///
    /// - Parameter before: memory before the round that led to `outcome`.
    package static func rest(
        watch: Watch, before: WatchState, outcome: RoundOutcome, snapshot: Snapshot, verifier: any SignatureVerifier,
        rules: [Rule] = Rulebook.all
    ) -> Timestamp? {
        guard snapshot.look == .regular, snapshot.registry == nil, outcome.isQuiet else { return nil }
        // What was left unchecked may be checked in another round, and looking ahead would cost as much again.
        guard !outcome.findings.has(.dnssecCostly) else { return nil }
        // A removed DS is reported for a week and then normal, by the time alone.
        guard !outcome.findings.has(.secureDelegation) else { return nil }
        guard before.learntAt != nil else { return nil }
        // Its serial may move where it is fetched from before any of its servers has the new version.
        guard watch.transfer == nil else { return nil }
        // What was announced may come, or be found missing, at any moment.
        guard outcome.state.announced == nil, watch.windows.allSatisfy({ $0.content == nil }) else { return nil }
        // What is found at one place may be over with the next look from there, which no answer here would show.
        guard !outcome.findings.contains(where: \.isOfPlace), !snapshot.places.contains(where: \.isUnserved)
        else { return nil }
        var passed = before
        passed.passQuietRounds(1, until: snapshot.at, monotonic: snapshot.monotonic)
        passed.verdicts = outcome.state.verdicts
        guard passed == outcome.state else { return nil }
        let codes = outcome.findings.map(\.key)
        for span in rests where span >= 2 * watch.interval {
            // All rounds in between are passed, not only the time: what is counted in rounds may be due as well.
            let rounds = (span - 1) / watch.interval
            var state = outcome.state
            state.passQuietRounds(
                Int(rounds), until: snapshot.at.adding(seconds: rounds * watch.interval),
                monotonic: snapshot.monotonic + rounds * watch.interval)
            var later = snapshot
            later.at = snapshot.at.adding(seconds: span)
            later.monotonic += span
            let then = round(watch: watch, state: state, snapshot: later, verifier: verifier, rules: rules)
            // What is asked is part of it: a name that has become steady is asked for several times.
            let asksTheSame = then.state.delegation.steady == outcome.state.delegation.steady
            if then.isQuiet, asksTheSame, then.findings.map(\.key) == codes { return later.at }
        }
        return nil
    }
}

extension Finding {
    /// Whether it is about one place from which the domain is looked at.
    package var isOfPlace: Bool {
        if case .place = cause { true } else { false }
    }
}

extension RoundOutcome {
    /// Nothing to tell, nothing to keep, nothing to look at again.
    package var isQuiet: Bool { events.isEmpty && changes.isEmpty && seen.isEmpty && secondLook == nil }
}
