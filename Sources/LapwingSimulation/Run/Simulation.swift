import DNSWire
package import LapwingCore

/// Plays a scenario on a virtual clock, with the same turns, walk and flow as a running monitor.
package final class Simulation {
    private let scenario: Scenario
    private let world: World
    private var monitor: SimulatedMonitor
    /// The minute of the first round, from the start of the learning time.
    private let phase: Int
    private(set) var lines: [VerdictLine] = []
    private(set) var events: [IncidentEvent] = []
    /// Rounds without differences.
    package private(set) var quietRounds = 0
    private(set) var naive = NaiveMonitor()
    private var checker = StateChecker()
    /// Violations of invariants, in words; empty for a correct program.
    package var faults: [String] { checker.faults }
    /// The number of rounds, including second looks.
    package var rounds: Int { monitor.state.rounds }
    private let pace: Pace
    /// Called for each look without differences.
    var unchanged: (Timestamp) -> Void = { _ in }

    /// The slots of a scenario's monitor in sequence.
    struct Slots: Sequence, IteratorProtocol {
        private let scenario: Scenario
        private let pace: Pace
        private var second: Int
        private var lastLookUp: Int?

        init(_ scenario: Scenario, phase: Int, pace: Pace) {
            self.scenario = scenario
            self.pace = pace
            second = (phase - scenario.monitor.learn) * 60
        }

        /// Returns the start of the turn, the second before which it must be over, and whether registration data
        /// arrives; nil at the end.
        mutating func next() -> (second: Int, end: Int, asksRegistry: Bool)? {
            guard second <= scenario.end * 60 else { return nil }
            let asksRegistry = lastLookUp.map { second - $0 >= scenario.monitor.registryPoll * 60 } ?? true
            if asksRegistry { lastLookUp = second }
            defer { second += pace.step(at: floorDivide(second, 60), poll: scenario.monitor.poll) * 60 }
            return (second, second + scenario.monitor.poll * 60, asksRegistry)
        }
    }

    /// The rhythm of rounds.
    enum Pace {
        /// The interval of the scenario.
        case steady
        /// The interval of the scenario around these minutes, and `quiet` minutes otherwise.
        case around([Int], before: Int, after: Int, quiet: Int)

        /// Minutes to the next round.
        func step(at minute: Int, poll: Int) -> Int {
            guard case .around(let minutes, let before, let after, let quiet) = self else { return poll }
            if minutes.contains(where: { ($0 - before...$0 + after).contains(minute) }) { return poll }
            let next = minutes.filter { $0 - before > minute }.min().map { $0 - before - minute } ?? quiet
            // Always a multiple of the scenario's interval.
            return max(poll, min(quiet, next) / poll * poll)
        }
    }

    package convenience init(
        _ scenario: Scenario, phase: Int, noise: Noise? = nil, rules: [Rule] = Rulebook.all, rests: Bool = true
    ) {
        self.init(scenario, phase: phase, noise: noise, rules: rules, rests: rests, pace: .steady)
    }

    init(
        _ scenario: Scenario, phase: Int, noise: Noise?, rules: [Rule] = Rulebook.all, rests: Bool, pace: Pace
    ) {
        self.scenario = scenario
        self.pace = pace
        self.phase = phase
        world = World(scenario)
        monitor = SimulatedMonitor(
            Watch(scenario.monitor), client: SimulatedClient(world: world, noise: noise),
            registry: SimulatedRegistry(world: world), rules: rules, rests: rests)
    }

    /// Plays to the end and returns the reports.
    package func run() -> [VerdictLine] { run { _ in } }

    /// Plays to the end, and calls `inspect` for each judged round.
    package func run(inspect: (JudgedRound) throws -> Void) rethrows -> [VerdictLine] {
        for slot in Slots(scenario, phase: phase, pace: pace) {
            let ending = try monitor.turn(at: slot.second, before: slot.end, asksRegistry: slot.asksRegistry) {
                note($0, at: $1)
                try inspect($0)
            }
            if ending == .unchanged {
                quietRounds += 1
                unchanged(world.wallClock(at: slot.second))
            }
        }
        return lines
    }

    private func note(_ round: JudgedRound, at second: Int) {
        naive.look(at: round.snapshot)
        checker.note(round.outcome, of: round.watch)
        events += round.outcome.events
        lines += round.outcome.events.map { VerdictLine($0, minute: floorDivide(second, 60)) }
    }
}

extension Watch {
    /// The watch while its file cannot be read, where one is declared.
    func unreadable(_ isUnreadable: Bool) -> Watch {
        guard isUnreadable, let zone = self.declaration?.zone else { return self }
        var watch = self
        watch.declare(zone, fault: "\(zone.source):1: a line that is no record")
        return watch
    }

    /// The watch of a scenario's monitor.
    init(_ settings: MonitorSettings) {
        var terms = WatchTerms()
        terms.interval = Int64(settings.poll) * 60
        terms.controls = settings.controls.map { RecordSetKey($0, .a) }
        terms.renewsItself = settings.renewsItself
        terms.learning = Int64(settings.learn) * 60
        terms.maintenance = settings.maintenance
        terms.expected = settings.expected.mapValues { RecordExpectation(exactly: $0) }
        for (key, ttl) in settings.expectedTTL { terms.expected[key, default: RecordExpectation()].ttl = ttl...ttl }
        terms.dnssec = settings.dnssec
        terms.severities = settings.severities
        terms.asksForZone = settings.asksForZone
        if !settings.zoneServers.isEmpty {
            terms.transfer = ZoneSource(servers: settings.zoneServers.map { ServerAddress($0) })
        }
        terms.declaration = settings.declared.map { Declaration(sources: [$0.source], isOwn: true) }
        self.init(domain: settings.domain, sets: settings.watch, terms: Boxed(terms))
        sensitive = Set(settings.sensitive)
        if let zone = settings.declared { declare(zone) }
    }
}
