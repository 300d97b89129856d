package import DNSSEC
package import DNSWire
package import LapwingCore

/// The domains of `lapwing demo`: a small Internet for each of them, with shared resolvers.
package struct DemoDomains {
    private struct Part {
        var watch: Watch
        var client: SimulatedClient
        var registry: SimulatedRegistry
        /// The latest requested second, since a world cannot go back.
        var second: Int
        let domain: DemoScript.Domain
        /// Steps that users have caused, and the minute from which more may follow.
        var caused: [String] = []
        var busyUntil = 0
    }

    /// The domains as watches.
    package let watches: [Watch]
    /// The resolvers that all domains share.
    package let resolvers: [ResolverSpecification]
    /// Seconds of learning before the start.
    package static let learning = DemoScript.learn * 60

    private let script: DemoScript
    private var parts: [Name: Part] = [:]

    package init(_ script: DemoScript) throws(ScenarioError) {
        self.script = script
        let scenarios = try script.scenarios()
        watches = scenarios.map { Watch($0.monitor) }
        var resolvers: [ResolverSpecification] = []
        for ((scenario, watch), domain) in zip(zip(scenarios, watches), script.domains) {
            let world = World(scenario)
            resolvers = world.resolvers
            parts[watch.domain] = Part(
                watch: watch, client: SimulatedClient(world: world, noise: nil),
                registry: SimulatedRegistry(world: world),
                second: world.start, domain: domain)
        }
        self.resolvers = resolvers
    }

    /// Returns what a monitor has learnt of a domain before the start, with the events until then. Nil for a domain
    /// that is not part of the demonstration.
    package mutating func learnt(_ domain: Name) -> RoundOutcome? {
        guard let part = parts[domain] else { return nil }
        var monitor = SimulatedMonitor(part.watch, client: part.client, registry: part.registry, rests: false)
        var events: [IncidentEvent] = []
        var changes: [Change] = []
        let interval = Int(part.watch.interval)
        for second in stride(from: -Self.learning, to: 0, by: interval) {
            _ = monitor.turn(at: second, before: second + interval, asksRegistry: second % 3600 == 0) { round, _ in
                events += round.outcome.events
                changes += round.outcome.changes
            }
        }
        parts[domain]?.second = 0
        var outcome = RoundOutcome(state: monitor.state)
        outcome.events = events
        outcome.changes = changes
        return outcome
    }

    /// Runs a walk at a second after the start; returns nil for a domain that is not part of the demonstration.
    ///
    /// - Parameters:
    ///   - known: recent replies, whose questions are not asked again.
    ///   - isSealed: whether to compute the seal by which the round can be compared.
    package mutating func gather(
        _ walk: RoundWalk, known: [ProbeTask: ProbeReply] = [:], isSealed: Bool = false, at second: Int
    ) -> Gathered? {
        guard let moment = advance(walk.domain, to: second) else { return nil }
        return parts[walk.domain]?.client.gather(walk, known: known, isSealed: isSealed, at: moment)
    }

    /// Repeats the questions of an earlier round at a second after the start.
    package mutating func recheck(_ walk: RoundWalk, _ print: RoundPrint, at second: Int) -> Recheck {
        guard let moment = advance(walk.domain, to: second), let client = parts[walk.domain]?.client else {
            return .different([:])
        }
        return client.recheck(walk, print, at: moment)
    }

    /// Returns the registration at a second of the world; nil for a domain that is not registered there.
    package mutating func lookUp(_ domain: Name, at second: Int) -> RegistryView? {
        guard let moment = advance(domain, to: second) else { return nil }
        return parts[domain]?.registry.look(at: moment)
    }

    /// Starts an event in the next minute.
    ///
    /// - Returns: the event with its minute; nil while an earlier event of the domain lasts.
    /// - Throws: `ScenarioError` if the script with the event is no valid scenario.
    package mutating func cause(_ event: DemoEvent, at second: Int) throws(ScenarioError) -> DemoScript.Moment? {
        guard let name = try? Name(event.domain), let part = parts[name] else { return nil }
        let minute = max(second, part.second) / 60 + 1
        guard minute >= part.busyUntil else { return nil }
        let caused = part.caused + event.steps(minute)
        let scenario = try script.scenario(of: part.domain, caused: caused)
        parts[name]?.caused = caused
        parts[name]?.busyUntil = minute + event.lasting
        part.registry.world.extend(to: scenario)
        return DemoScript.Moment(minute: minute, domain: event.domain, text: event.text)
    }

    /// Returns the root hints and the trust anchor of a domain's world; nil for a domain that is not part of the
    /// demonstration.
    package func resolverSettings(_ domain: Name) -> ResolverSettings? {
        guard let world = parts[domain]?.registry.world else { return nil }
        let anchors = world.trustAnchor.map { [Record(name: .root, ttl: 3600, data: $0)] }
        return ResolverSettings(
            roots: world.rootHints, anchors: TrustAnchors(records: anchors ?? []), usesIPv6: false)
    }

    /// Returns the reply of a server to one query of a resolution.
    package mutating func reply(to query: ServerQuery, in domain: Name, at second: Int) -> ServerReply {
        guard let moment = advance(domain, to: second), let world = parts[domain]?.registry.world else {
            return .timeout
        }
        let message = Message.query(
            query.name, query.type, id: 0, recursionDesired: false,
            edns: query.usesEDNS ? EDNS(udpSize: 1232, dnssecOK: true) : nil)
        guard let bytes = try? message.encoded(),
            let answer = world.answer(server: query.server, overTCP: true, query: bytes, at: moment)
        else { return .timeout }
        guard let reply = try? Message(decoding: answer) else { return .failure("unreadable") }
        return .message(reply)
    }

    // MARK: Below the client

    /// Returns the response of an address in a domain's world, at a second after the start; nil if there is none.
    package mutating func answer(
        in domain: Name, from server: IPAddress, overStream: Bool, to query: [UInt8], at second: Int
    ) -> [UInt8]? {
        guard let moment = advance(domain, to: second) else { return nil }
        return parts[domain]?.registry.world.answer(server: server, overTCP: overStream, query: query, at: moment)
    }

    /// Whether a name is registered in a domain's world; nil if the registry does not say.
    package mutating func isRegistered(_ name: Name, in domain: Name, at second: Int) -> Bool? {
        guard let moment = advance(domain, to: second) else { return nil }
        return parts[domain]?.registry.world.isRegistered(name, at: moment)
    }

    /// Returns the addresses of a name server in a domain's world at a second; nil if the host is not a name server
    /// there.
    package func addresses(of host: Name, in domain: Name, at second: Int) -> [IPAddress]? {
        parts[domain]?.registry.world.addresses(of: host, at: second)
    }

    /// Returns the root hints of a domain's world, and its registrable domains; nil for a domain that is not part of
    /// the demonstration.
    package func surroundings(of domain: Name) -> (roots: RootHints, registrable: @Sendable (Name) -> Name?)? {
        guard let world = parts[domain]?.registry.world else { return nil }
        let topLevels = world.topLevels
        return (world.rootHints, { World.registrable($0, topLevels: topLevels) })
    }

    private mutating func advance(_ domain: Name, to second: Int) -> Int? {
        guard let part = parts[domain] else { return nil }
        let moment = max(part.second, second)
        parts[domain]?.second = moment
        return moment
    }
}
