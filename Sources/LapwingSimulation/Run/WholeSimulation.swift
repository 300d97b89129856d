import LapwingCore
import LapwingCrypto
import LapwingProbes

/// Plays a scenario with the complete network code: driver of rounds, locator of servers, resolver, client, bytes.
///
/// ``Simulation`` takes shortcuts to the same decisions; this shows that the complete code reaches them too.
final class WholeSimulation {
    private let scenario: Scenario
    private let phase: Int
    private let moment: PlayedWorld.Moment
    private let world: PlayedWorld
    private let verifier = LibcryptoVerifier()
    private var turn = DomainTurn()
    private var state = WatchState()
    private var lines: [VerdictLine] = []
    private var checker = StateChecker()
    /// Violations of invariants, in words; empty for a correct program.
    var faults: [String] { checker.faults }

    init(_ scenario: Scenario, phase: Int) {
        self.scenario = scenario
        self.phase = phase
        moment = PlayedWorld.Moment((phase - scenario.monitor.learn) * 60)
        world = PlayedWorld(scenario, moment)
    }

    /// Plays to the end and returns the reports.
    func run() async -> [VerdictLine] {
        let watch = Watch(scenario.monitor)
        let driver = await world.driver(verifier: verifier)
        let resolvers = await world.resolvers
        var last: Int?
        for slot in Simulation.Slots(scenario, phase: phase, pace: .steady) {
            moment.second = slot.second
            if let last, await world.forgets(after: last) {
                turn = DomainTurn()
                state = state.lost(at: await world.wallClock)
            }
            if let last, await world.changesDeclaration(after: last) { turn.endRest() }
            last = slot.second
            if slot.asksRegistry { turn.take(await world.lookUp()) }
            await carryOut(watch, resolvers, driver, before: slot.end)
        }
        return lines
    }

    private func carryOut(
        _ watch: Watch, _ resolvers: [ResolverSpecification], _ driver: RoundDriver, before end: Int
    ) async {
        var known: [ProbeTask: ProbeReply] = [:]
        var event = DomainTurn.Event.slot
        while true {
            let conditions = DomainTurn.Conditions(
                watch: watch.unreadable(await world.hidesDeclaration), resolvers: resolvers, reachesIPv6: true,
                at: await world.wallClock,
                monotonic: await world.monotonic)
            switch turn.next(event, in: conditions) {
            case .recheck(let walk, let print):
                switch await driver.recheck(walk, print) {
                case .same: event = .rechecked(isSame: true)
                case .different(let replies):
                    known = replies
                    event = .rechecked(isSame: false)
                }
            case .recall: event = .recalled(state)
            case .gather(let walk, let reusing):
                event = .gathered(await driver.gather(walk, known: reusing ? known : [:]))
            case .inspect(let errand): event = .inspected(await world.inspect(errand))
            case .lookUp: event = .lookedUp(await world.lookUp())
            case .judge(let round): event = .judged(round.judged(by: verifier, rules: Rulebook.all))
            case .write(let round):
                state = round.outcome.state
                checker.note(round.outcome, of: round.watch)
                lines += round.outcome.events.map { VerdictLine($0, minute: floorDivide(moment.second, 60)) }
                event = .written(true)
            case .hurryRegistry: event = .carriedOut
            case .wait(let seconds):
                moment.second += Int(clamping: seconds)
                guard moment.second < end else { return turn.breakOff() }
                event = .carriedOut
            case .done: return
            }
        }
    }
}
