import DNSSEC
import DNSWire
import LapwingCore
import LapwingEngine

/// Makes the round that the daemon would make first of a domain: carries out the steps of its turn up to the judgement.
struct FirstRound {
    var watch: Watch
    var resolvers: [ResolverSpecification]
    var reachesIPv6: Bool
    var verifier: any SignatureVerifier
    var now: @Sendable () -> (at: Timestamp, monotonic: Int64)
    /// Carries a walk through to what it saw, and asks the registry beside it; nil when the process ends meanwhile.
    var gather: @Sendable (RoundWalk) async -> (snapshot: Snapshot, registration: RegistryView?)?

    /// Whether servers give the zone to anybody.
    var zones = ZoneMeans()

    /// - Returns: nil when nothing was gathered.
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
                // The whole zone is compared with the one before, of which a first round knows nothing.
                event = .inspected(ZoneSight(gives: await zones.gives(errand)))
            case .judge(let round):
                event = .judged(await JudgingBench.shared.judge { [verifier] in round.judged(by: verifier) })
            case .write(let round):
                return round
            case .recheck, .lookUp, .hurryRegistry, .wait, .done:
                // A first round asks for none of these.
                return nil
            }
        }
    }
}
