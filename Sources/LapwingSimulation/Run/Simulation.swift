package import LapwingCore
import DNSSEC
import DNSWire
import LapwingCrypto

/// Plays a scenario on a virtual clock through the same plan, walk and flow as a running monitor.
package final class Simulation {
    private let scenario: Scenario
    private let world: World
    private let client: SimulatedClient
    private let registry: SimulatedRegistry
    private let watch: Watch
    private let verifier = LibcryptoVerifier()
    private let rules: [Rule]
    /// The minute of the first round, counted from the beginning of the learning time.
    private let phase: Int
    private var state = WatchState()
    private(set) var lines: [VerdictLine] = []

    /// Closer looks that follow one another at most before the next regular round.
    private static let mostLooks = 4

    package init(_ scenario: Scenario, phase: Int, noise: Noise? = nil, rules: [Rule] = Rulebook.all) {
        self.scenario = scenario
        self.phase = phase
        self.rules = rules
        world = World(scenario)
        client = SimulatedClient(world: world, noise: noise)
        registry = SimulatedRegistry(world: world)
        watch = Watch(scenario.monitor)
    }

    /// Plays to the end and returns what a person would have been told.
    package func run() -> [VerdictLine] {
        let interval = scenario.monitor.poll * 60
        let registryInterval = scenario.monitor.registryPoll * 60
        var second = (phase - scenario.monitor.learn) * 60
        var lastLookUp: Int?
        while second <= scenario.end * 60 {
            let isRegistryDue = lastLookUp.map { second - $0 >= registryInterval } ?? true
            if isRegistryDue { lastLookUp = second }
            var next = round(.regular, asksRegistry: isRegistryDue, at: second)
            var at = second
            for _ in 0..<Self.mostLooks {
                guard let look = next else { break }
                at += Int(clamping: max(1, look.after))
                guard at < second + interval else { break }
                next = round(.second(look), asksRegistry: look.asksRegistry, at: at)
            }
            second += interval
        }
        return lines
    }

    private func round(_ look: Look, asksRegistry: Bool, at second: Int) -> SecondLook? {
        let now = world.wallClock(at: second)
        let walk = RoundWalk(
            watch: watch, resolvers: world.resolvers, memory: state.delegation, look: look, at: now,
            monotonic: Int64(second - world.start))
        var snapshot = client.gather(walk, at: second)
        if asksRegistry { snapshot.registry = registry.look(at: second) }
        let outcome = Flow.round(watch: watch, state: state, snapshot: snapshot, verifier: verifier, rules: rules)
        state = outcome.state
        lines += outcome.events.map { VerdictLine($0, minute: floorDivide(second, 60)) }
        return outcome.secondLook
    }
}

extension Watch {
    /// What a scenario tells its monitor.
    init(_ settings: MonitorSettings) {
        self.init(domain: settings.domain, sets: settings.watch)
        interval = Int64(settings.poll) * 60
        sensitive = Set(settings.sensitive)
        controls = settings.controls.map { RecordSetKey($0, .a) }
        renewsItself = settings.renewsItself
        learning = Int64(settings.learn) * 60
        maintenance = settings.maintenance
    }
}
