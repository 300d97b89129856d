import DNSSEC
import DNSWire

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
