package import DNSWire
package import LapwingCore
import LapwingCrypto

/// The world of `lapwing demo`: one small Internet for each domain, behind the same resolvers.
package actor DemoWorld {
    private struct Part {
        var watch: Watch
        var client: SimulatedClient
        var registry: SimulatedRegistry
        /// The latest second that was asked about: a world does not go back.
        var second: Int
    }

    /// The domains, as a configuration would name them.
    package nonisolated let watches: [Watch]
    package nonisolated let resolvers: [ResolverSpecification]
    /// Seconds of learning before the beginning.
    package static let learning = DemoScript.learn * 60

    private var parts: [Name: Part] = [:]

    package init(_ script: DemoScript) throws(ScenarioError) {
        let scenarios = try script.scenarios()
        watches = scenarios.map { Watch($0.monitor) }
        var resolvers: [ResolverSpecification] = []
        for (scenario, watch) in zip(scenarios, watches) {
            let world = World(scenario)
            resolvers = world.resolvers
            parts[watch.domain] = Part(
                watch: watch, client: SimulatedClient(world: world, noise: nil),
                registry: SimulatedRegistry(world: world),
                second: world.start)
        }
        self.resolvers = resolvers
    }

    /// What a monitor has learnt of a domain by the beginning, and what it had to tell until then.
    package func learnt(_ domain: Name) -> RoundOutcome? {
        guard let part = parts[domain] else { return nil }
        var outcome = RoundOutcome(state: WatchState())
        var events: [IncidentEvent] = []
        var changes: [Change] = []
        let verifier = LibcryptoVerifier()
        for second in stride(from: -Self.learning, to: 0, by: Int(part.watch.interval)) {
            let walk = RoundWalk(
                watch: part.watch, resolvers: resolvers, memory: outcome.state.delegation,
                at: part.registry.world.wallClock(at: second), monotonic: Int64(second + Self.learning))
            var snapshot = part.client.gather(walk, at: second)
            if second % 3600 == 0 { snapshot.registry = part.registry.look(at: second) }
            outcome = Flow.round(watch: part.watch, state: outcome.state, snapshot: snapshot, verifier: verifier)
            events += outcome.events
            changes += outcome.changes
        }
        parts[domain]?.second = 0
        outcome.events = events
        outcome.changes = changes
        return outcome
    }

    /// Carries a walk through, at a second after the beginning.
    package func gather(_ walk: RoundWalk, at second: Int) -> Snapshot? {
        guard let moment = advance(walk.domain, to: second) else { return nil }
        return parts[walk.domain]?.client.gather(walk, at: moment)
    }

    package func lookUp(_ domain: Name, at second: Int) -> RegistryView? {
        guard let moment = advance(domain, to: second) else { return nil }
        return parts[domain]?.registry.look(at: moment)
    }

    private func advance(_ domain: Name, to second: Int) -> Int? {
        guard let part = parts[domain] else { return nil }
        let moment = max(part.second, second)
        parts[domain]?.second = moment
        return moment
    }
}
