package import DNSSEC
import DNSWire

/// A gathered round with everything its judgement needs, so that it can be judged concurrently with other work.
package struct UnjudgedRound: Sendable {
    /// The watch by which it is judged.
    package internal(set) var watch: Watch
    /// The memory before the round.
    package internal(set) var state: WatchState
    /// What the round saw.
    package internal(set) var snapshot: Snapshot
    /// The watch at the time of the questions.
    var asked: Watch
    var print: RoundPrint?

    /// Judges the round; a pure function that may take long.
    package func judged(by verifier: any SignatureVerifier, rules: [Rule] = Rulebook.all) -> Judgement {
        let outcome = Flow.round(watch: watch, state: state, snapshot: snapshot, verifier: verifier, rules: rules)
        var judgement = Judgement(outcome: outcome)
        // If the questions change from now on, this round cannot be compared with the next one.
        guard print != nil, watch == asked else { return judgement }
        judgement.restsUntil = Flow.rest(
            watch: watch, before: state, outcome: outcome, snapshot: snapshot, verifier: verifier, rules: rules)
        return judgement
    }
}

/// The result of judging a round.
package struct Judgement: Sendable {
    /// The resulting memory, findings and events.
    package var outcome: RoundOutcome
    /// The end of the rest that the domain may take; nil if it may not rest.
    package var restsUntil: Timestamp?

    package init(outcome: RoundOutcome, restsUntil: Timestamp? = nil) {
        self.outcome = outcome
        self.restsUntil = restsUntil
    }
}
