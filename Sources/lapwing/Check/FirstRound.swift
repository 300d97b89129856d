import DNSSEC
import DNSWire
import LapwingCore
import LapwingEngine

/// Makes the first round that the daemon would make of a domain: runs the steps of its turn up to the judgement.
struct FirstRound {
    var watch: Watch
    var resolvers: [ResolverSpecification]
    var reachesIPv6: Bool
    var verifier: any SignatureVerifier
    var now: @Sendable () -> (at: Timestamp, monotonic: Int64)
    /// Runs a walk to its snapshot, and asks the registry at the same time; nil if the process ends meanwhile.
    var gather: @Sendable (RoundWalk) async -> (snapshot: Snapshot, registration: RegistryView?)?

    /// Checks whether servers allow zone transfers to anyone.
    var zones = ZoneMeans()

    /// - Returns: nil if the walk was interrupted.
    func make() async -> JudgedRound? {
        var turn = DomainTurn()
        var event = DomainTurn.Event.slot
        while true {
            let moment = now()
            let conditions = DomainTurn.Conditions(
                watch: watch, resolvers: resolvers, reachesIPv6: reachesIPv6, at: moment.at,
                monotonic: moment.monotonic)
            switch turn.next(event, in: conditions) {
            case .recall:
                event = .recalled(WatchState())
            case .gather(let walk, _):
                guard let seen = await gather(walk) else { return nil }
                if let view = seen.registration { turn.take(view) }
                event = .gathered(Gathered(snapshot: seen.snapshot))
            case .inspect(let errand):
                // The whole zone is compared with an earlier version, of which a first round has none.
                event = .inspected(ZoneSight(gives: await zones.gives(errand)))
            case .judge(let round):
                event = .judged(await JudgingBench.shared.judge { [verifier] in round.judged(by: verifier) })
            case .write(let round):
                return round
            case .recheck, .lookUp, .hurryRegistry, .wait, .done:
                // A first round never requests these.
                return nil
            }
        }
    }
}
