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
    /// Whether the domain may rest between rounds that teach something.
    private let rests: Bool
    private var rest: Rest?
    /// Rounds that found everything as it was.
    package private(set) var quietRounds = 0
    private(set) var naive = NaiveMonitor()
    /// Rounds made, second looks among them.
    package var rounds: Int { state.rounds }
    private let pace: Pace

    /// How often a round is made.
    enum Pace {
        /// As the scenario says.
        case steady
        /// As the scenario says around these minutes; `quiet` minutes apart elsewhere.
        case around([Int], before: Int, after: Int, quiet: Int)

        /// Minutes to the next round.
        func step(at minute: Int, poll: Int) -> Int {
            guard case .around(let minutes, let before, let after, let quiet) = self else { return poll }
            if minutes.contains(where: { ($0 - before...$0 + after).contains(minute) }) { return poll }
            let next = minutes.filter { $0 - before > minute }.min().map { $0 - before - minute } ?? quiet
            // The rhythm stays that of the scenario.
            return max(poll, min(quiet, next) / poll * poll)
        }
    }

    /// Closer looks that follow one another at most before the next regular round.
    private static let mostLooks = 4

    package convenience init(
        _ scenario: Scenario, phase: Int, noise: Noise? = nil, rules: [Rule] = Rulebook.all, rests: Bool = true
    ) {
        self.init(scenario, phase: phase, noise: noise, rules: rules, rests: rests, pace: .steady)
    }

    init(
        _ scenario: Scenario, phase: Int, noise: Noise?, rules: [Rule] = Rulebook.all, rests: Bool, pace: Pace
    ) {
        self.rests = rests
        self.scenario = scenario
        self.pace = pace
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
            second += pace.step(at: floorDivide(second, 60), poll: scenario.monitor.poll) * 60
        }
        return lines
    }

    private func round(_ look: Look, asksRegistry: Bool, at second: Int) -> SecondLook? {
        let now = world.wallClock(at: second)
        let monotonic = Int64(second - world.start)
        let known = look == .regular && !asksRegistry ? recheck(at: second, now, monotonic) : [:]
        guard let known else { return nil }
        rest?.makeUp(in: &state)
        rest = nil
        let walk = RoundWalk(
            watch: watch, resolvers: world.resolvers, memory: state.delegation, look: look, reachesIPv6: true, at: now,
            monotonic: monotonic)
        let heard = client.gather(walk, known: known, at: second)
        var snapshot = heard.snapshot
        if asksRegistry { snapshot.registry = registry.look(at: second) }
        naive.look(at: snapshot)
        let outcome = Flow.round(watch: watch, state: state, snapshot: snapshot, verifier: verifier, rules: rules)
        if rests, outcome.isQuiet, let print = client.roundPrint(of: heard),
            let until = Flow.rest(
                watch: watch, before: state, outcome: outcome, snapshot: snapshot, verifier: verifier, rules: rules)
        {
            rest = Rest(print, until: until, from: snapshot)
        }
        state = outcome.state
        lines += outcome.events.map { VerdictLine($0, minute: floorDivide(second, 60)) }
        return outcome.secondLook
    }
}

extension Simulation {
    /// Asks a resting domain whether everything is as it was; nil when it is, otherwise what came.
    private func recheck(
        at second: Int, _ now: Timestamp, _ monotonic: Int64
    ) -> [ProbeTask: SimulatedClient.Outcome]? {
        guard let rest, rest.holds(at: now, monotonic: monotonic) else { return [:] }
        let walk = RoundWalk(
            watch: watch, resolvers: world.resolvers, memory: DelegationMemory(), reachesIPv6: true, at: now,
            monotonic: monotonic)
        switch client.recheck(walk, rest.print, at: second) {
        case .different(let known): return known
        case .same:
            self.rest?.pass(at: now, monotonic: monotonic)
            quietRounds += 1
            return nil
        }
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
        expected = settings.expected
    }
}
