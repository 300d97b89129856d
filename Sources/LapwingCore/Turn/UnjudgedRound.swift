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

/// A judged round, to be stored.
package struct JudgedRound: Sendable {
    /// The watch by which it was judged.
    package let watch: Watch
    /// What the round saw.
    package let snapshot: Snapshot
    /// The resulting memory, findings and events.
    package let outcome: RoundOutcome
    /// Whether the registration was looked up. A look-up uses the registry's budget, so its result must be stored at
    /// once.
    package let isLookedUp: Bool
    /// The rest that the domain may take; nil if it may not rest.
    package let rest: Rest?

    package init(_ round: UnjudgedRound, _ judgement: Judgement) {
        watch = round.state.looking(at: round.watch)
        snapshot = round.snapshot
        outcome = judgement.outcome
        isLookedUp = outcome.state.registry.known?.at != round.state.registry.known?.at
        if let print = round.print, let until = judgement.restsUntil {
            rest = Rest(print, until: until, from: snapshot)
        } else {
            rest = nil
        }
    }

    /// Whether the DNS shows a change that only the registry can make.
    var asksRegistry: Bool {
        snapshot.parent.state == .absent
            || (outcome.changes + outcome.seen).contains { change in
                change.name == snapshot.domain && [.records(.ns), .records(.ds)].contains(change.kind)
            }
    }
}
