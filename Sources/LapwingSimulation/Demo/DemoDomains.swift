package import DNSSEC
package import DNSWire
package import LapwingCore

/// The domains of `lapwing demo`: one small Internet for each of them, behind the same resolvers.
package struct DemoDomains {
    private struct Part {
        var watch: Watch
        var client: SimulatedClient
        var registry: SimulatedRegistry
        /// The latest second that was asked about: a world does not go back.
        var second: Int
        let domain: DemoScript.Domain
        /// Steps that people have caused, and the minute from which more may follow.
        var caused: [String] = []
        var busyUntil = 0
    }

    /// The domains, as a configuration would name them.
    package let watches: [Watch]
    /// The resolvers that all domains share.
    package let resolvers: [ResolverSpecification]
    /// Seconds of learning before the beginning.
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

    /// What a monitor has learnt of a domain by the beginning, and what it had to tell until then.
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

    /// Carries a walk through, at a second after the beginning.
    ///
    /// - Parameters:
    ///   - known: replies of a moment ago, whose questions are not put again.
    ///   - isSealed: whether the round is to be known again.
    package mutating func gather(
        _ walk: RoundWalk, known: [ProbeTask: ProbeReply] = [:], isSealed: Bool = false, at second: Int
    ) -> Gathered? {
        guard let moment = advance(walk.domain, to: second) else { return nil }
        return parts[walk.domain]?.client.gather(walk, known: known, isSealed: isSealed, at: moment)
    }

    /// Puts the questions of an earlier round again, at a second after the beginning.
    package mutating func recheck(_ walk: RoundWalk, _ print: RoundPrint, at second: Int) -> Recheck {
        guard let moment = advance(walk.domain, to: second), let client = parts[walk.domain]?.client else {
            return .different([:])
        }
        return client.recheck(walk, print, at: moment)
    }

    /// What the registry says at a second of the world; nil for a domain that it does not have.
    package mutating func lookUp(_ domain: Name, at second: Int) -> RegistryView? {
        guard let moment = advance(domain, to: second) else { return nil }
        return parts[domain]?.registry.look(at: moment)
    }

    /// Lets an event begin with the next minute.
    ///
    /// - Returns: what will happen and when; nil while an earlier event still lasts there.
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

    /// Where a walk from the root begins in a domain's world, and the key that it trusts.
    package func resolverSettings(_ domain: Name) -> ResolverSettings? {
        guard let world = parts[domain]?.registry.world else { return nil }
        let anchors = world.trustAnchor.map { [Record(name: .root, ttl: 3600, data: $0)] }
        return ResolverSettings(
            roots: world.rootHints, anchors: TrustAnchors(records: anchors ?? []), usesIPv6: false)
    }

    /// Puts one question of such a walk to its server.
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

    /// What comes from an address of a domain's world, at a second after the beginning; nil where nothing comes.
    package mutating func answer(
        in domain: Name, from server: IPAddress, overStream: Bool, to query: [UInt8], at second: Int
    ) -> [UInt8]? {
        guard let moment = advance(domain, to: second) else { return nil }
        return parts[domain]?.registry.world.answer(server: server, overTCP: overStream, query: query, at: moment)
    }

    /// Whether the registry has a name, as a domain's world knows it; nil where it does not say.
    package mutating func isRegistered(_ name: Name, in domain: Name, at second: Int) -> Bool? {
        guard let moment = advance(domain, to: second) else { return nil }
        return parts[domain]?.registry.world.isRegistered(name, at: moment)
    }

    /// Where a name server of a domain's world lives at a second; nil for a host that is none.
    package func addresses(of host: Name, in domain: Name, at second: Int) -> [IPAddress]? {
        parts[domain]?.registry.world.addresses(of: host, at: second)
    }

    /// From where names of a domain's world are resolved, and the registrable domains there.
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
