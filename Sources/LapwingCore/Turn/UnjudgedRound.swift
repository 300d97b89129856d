package import DNSSEC
import DNSWire

/// A round that was gathered: all that its judgement needs, so that it can be made beside everything else.
package struct UnjudgedRound: Sendable {
    /// The watch by which it is judged.
    package internal(set) var watch: Watch
    /// Memory before the round.
    package internal(set) var state: WatchState
    /// What the round saw.
    package internal(set) var snapshot: Snapshot
    /// The watch as it was when its questions were put.
    var asked: Watch
    var print: RoundPrint?

    /// Judges it; pure, but it may take long.
    package func judged(by verifier: any SignatureVerifier, rules: [Rule] = Rulebook.all) -> Judgement {
        let outcome = Flow.round(watch: watch, state: state, snapshot: snapshot, verifier: verifier, rules: rules)
        var judgement = Judgement(outcome: outcome)
        // Who is asked other questions from now on has no round to compare the next one with.
        guard print != nil, watch == asked else { return judgement }
        judgement.restsUntil = Flow.rest(
            watch: watch, before: state, outcome: outcome, snapshot: snapshot, verifier: verifier, rules: rules)
        return judgement
    }
}

/// What came of judging a round.
package struct Judgement: Sendable {
    /// What came of it: memory, findings, events.
    package var outcome: RoundOutcome
    /// Until when the domain may rest; nil when it may not.
    package var restsUntil: Timestamp?

    package init(outcome: RoundOutcome, restsUntil: Timestamp? = nil) {
        self.outcome = outcome
        self.restsUntil = restsUntil
    }
}

/// A round that was judged, to be written down.
package struct JudgedRound: Sendable {
    /// The watch by which it was judged.
    package let watch: Watch
    /// What the round saw.
    package let snapshot: Snapshot
    /// What came of it: memory, findings, events.
    package let outcome: RoundOutcome
    /// A look-up is paid for out of a registry's budget: what it told has to be kept at once.
    package let isLookedUp: Bool
    /// The rest that the domain has earned.
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

    /// Whether the DNS says that something changed where only the registry can change it.
    var asksRegistry: Bool {
        snapshot.parent.state == .absent
            || (outcome.changes + outcome.seen).contains { change in
                change.name == snapshot.domain && [.records(.ns), .records(.ds)].contains(change.kind)
            }
    }
}
