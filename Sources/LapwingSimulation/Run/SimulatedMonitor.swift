import LapwingCore
import LapwingCrypto

/// Watches the domain of a simulated world: carries out the steps of its turns in virtual time.
struct SimulatedMonitor {
    private let watch: Watch
    private let resolvers: [ResolverSpecification]
    private let client: SimulatedClient
    private let registry: SimulatedRegistry
    private let rules: [Rule]
    /// Whether the domain may rest between rounds with something to learn.
    private let rests: Bool
    private let verifier = LibcryptoVerifier()
    private var turn = DomainTurn()
    private(set) var state = WatchState()
    private var zones = SimulatedZones()
    /// The second of the slot before; nil before the first.
    private var lastSlot: Int?

    init(
        _ watch: Watch, client: SimulatedClient, registry: SimulatedRegistry, rules: [Rule] = Rulebook.all, rests: Bool
    ) {
        self.watch = watch
        self.client = client
        self.registry = registry
        self.rules = rules
        self.rests = rests
        resolvers = client.world.resolvers
    }

    /// Runs the turn of one slot.
    ///
    /// - Parameters:
    ///   - end: the second of the next slot, before which the turn must be over.
    ///   - asksRegistry: whether registration data has just arrived.
    ///   - note: called for each round, with its second.
    mutating func turn(
        at second: Int, before end: Int, asksRegistry: Bool, note: (JudgedRound, Int) throws -> Void
    ) rethrows -> DomainTurn.Ending {
        if let lastSlot, client.world.forgets(after: lastSlot, through: second) {
            turn = DomainTurn()
            state = state.lost(at: client.world.wallClock(at: second))
        }
        if let lastSlot, client.world.hidesDeclaration(at: lastSlot) != client.world.hidesDeclaration(at: second) {
            turn.endRest()
        }
        lastSlot = second
        if asksRegistry { turn.take(registry.look(at: second)) }
        var second = second
        var known: [ProbeTask: ProbeReply] = [:]
        var event = DomainTurn.Event.slot
        while true {
            switch turn.next(event, in: conditions(at: second)) {
            case .recheck(let walk, let print):
                switch client.recheck(walk, print, at: second) {
                case .same: event = .rechecked(isSame: true)
                case .different(let replies):
                    known = replies
                    event = .rechecked(isSame: false)
                }
            case .recall:
                event = .recalled(state)
            case .gather(let walk, let reusing):
                event = .gathered(
                    client.gather(walk, known: reusing ? known : [:], isSealed: rests, at: second))
            case .inspect(let errand):
                event = .inspected(zones.inspect(errand, in: client.world, at: second))
            case .lookUp:
                event = .lookedUp(registry.look(at: second))
            case .judge(let round):
                event = .judged(round.judged(by: verifier, rules: rules))
            case .write(let round):
                state = round.outcome.state
                try note(round, second)
                event = .written(true)
            case .hurryRegistry:
                // The registry of a world is asked as often as its scenario states.
                event = .carriedOut
            case .wait(let seconds):
                second += Int(clamping: seconds)
                guard second < end else {
                    turn.breakOff()
                    return .judged
                }
                event = .carriedOut
            case .done(let ending):
                return ending
            }
        }
    }

    private func conditions(at second: Int) -> DomainTurn.Conditions {
        DomainTurn.Conditions(
            watch: watch.unreadable(client.world.hidesDeclaration(at: second)), resolvers: resolvers, reachesIPv6: true,
            at: client.world.wallClock(at: second),
            monotonic: Int64(second - client.world.start))
    }
}

extension WatchState {
    /// What a store gives whose row of the domain cannot be read, while its incidents can.
    func lost(at now: Timestamp) -> WatchState {
        WatchState(afterLossAt: now, open: book.open, nextIncident: book.next)
    }
}
