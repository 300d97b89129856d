package import DNSSEC
package import DNSWire
package import LapwingCore

/// A complete small Internet around one domain: root, top-level domains, name servers, resolvers and registry.
///
/// It answers wire-format messages at given seconds, and is deterministic for the same scenario and the same queries.
/// Time must not run backwards from one query to the next.
package final class World {
    /// Addresses of the servers in every scenario, from the range for benchmarks (RFC 2544), which scenarios do not
    /// use.
    package enum Place {
        /// The root server.
        package static let root = address(0, 1)
        /// The server of all names outside the domain.
        static let elsewhere = address(1, 1)

        static func topLevel(_ index: Int) -> IPAddress { address(0, UInt8(clamping: 10 + index)) }

        private static func address(_ third: UInt8, _ fourth: UInt8) -> IPAddress {
            .v4(198 << 24 | 18 << 16 | UInt32(third) << 8 | UInt32(fourth))
        }
    }

    enum Actor {
        case root
        case topLevel(Name)
        case elsewhere
        case server(String)
        case resolver(String)
    }

    /// The moment of second 0.
    package let epoch: Timestamp
    /// The second at which the monitor starts.
    package let start: Int
    let seed: UInt64
    let domain: Name
    let monitorRegion: String
    private(set) var timeline: WorldTimeline
    /// The names that the monitor observes.
    let watched: Set<Name>
    /// The zones directly below the root, and the parent zone, wherever it is.
    let topLevels: [Name]
    let signer: Signer
    let zoneAnswers: ZoneAnswers
    let parentAnswers: ParentAnswers
    var caches: [String: [ResolverCache]] = [:]
    private var questions: [RecordSetKey: AskedQuestion] = [:]
    private var queries: [WireBytes: ReceivedQuery] = [:]
    private var actors: [[IPAddress: Actor]?]
    private var repeats: [Int: (second: Int, count: Int)] = [:]
    var replies = ReplyTemplates()
    var resolverForgeries: [RecordSetKey: (set: RecordSet, answer: AuthorityAnswer)] = [:]
    /// Retained answers whose identity is part of a template's key.
    var kept: [ObjectIdentifier: AuthorityAnswer] = [:]
    var foreign: [RecordSetKey: [Int: AuthorityAnswer]] = [:]
    var absenceAnswer: AuthorityAnswer?
    var failures: [Int: AuthorityAnswer] = [:]
    var forgeries: [RecordSetKey: (set: RecordSet, answer: AuthorityAnswer)] = [:]

    /// The largest number of cached queries.
    private static let mostQueries = 50_000

    package init(_ scenario: Scenario) {
        epoch = scenario.epoch
        start = -scenario.monitor.learn * 60
        seed = scenario.seed
        domain = scenario.monitor.domain
        monitorRegion = scenario.monitor.region
        timeline = scenario.timeline
        actors = Array(repeating: nil, count: scenario.timeline.states.count)
        watched = Set(scenario.monitor.watch.map(\.name))
        topLevels = Self.topLevels(of: scenario)
        signer = Signer(epoch: scenario.epoch)
        zoneAnswers = ZoneAnswers(signer: signer, start: -scenario.monitor.learn)
        parentAnswers = ParentAnswers(signer: signer, domain: scenario.monitor.domain)
        for resolver in timeline.states[0].resolvers {
            caches[resolver.label] = (0..<resolver.caches).map { _ in ResolverCache() }
        }
    }

    /// Adds steps: the scenario must be the one of this world, with more steps at its end.
    package func extend(to scenario: Scenario) {
        // Past states stay unchanged, so that cached data remains valid.
        timeline.states += scenario.timeline.states.dropFirst(timeline.states.count)
        timeline.flushes = scenario.timeline.flushes
        actors += Array(repeating: nil, count: timeline.states.count - actors.count)
    }

    /// Returns the reply of the server at an address; nil if there is none.
    package func answer(
        server address: IPAddress, overTCP: Bool, query bytes: [UInt8], at second: Int
    ) -> [UInt8]? {
        guard let query = received(bytes) else { return nil }
        return reply(to: query, at: address, overTCP: overTCP, second: second)?.bytes(id: (bytes[0], bytes[1]))
    }

    /// Returns the reply to a parsed query.
    func reply(to query: ReceivedQuery, at address: IPAddress, overTCP: Bool, second: Int) -> WorldReply? {
        let index = timeline.index(at: second)
        let state = timeline.states[index]
        // Like a captive portal: the destination of the query, and whether it exists, makes no difference.
        if state.isIntercepted, !state.isOffline {
            return query.refusal(.nxDomain, flags: .recursionAvailable)
        }
        guard !state.isOffline, let actor = actor(at: address, index: index) else { return nil }
        guard let question = query.question else { return query.refusal(.formErr) }
        let transport: Condition.Transport = overTCP ? .tcp : .udp
        switch actor {
        case .root:
            return reply(parentAnswers.root(question, world: self, second: second), to: query)
        case .topLevel(let zone):
            if zone == state.parent.zone {
                switch state.parent.state {
                case .servfail: return query.refusal(.servFail)
                case .timeout: return nil
                case .ok, .absent: break
                }
            }
            let answer = parentAnswers.topLevel(zone, question, world: self, state: state, second: second)
            return reply(answer, to: query)
        case .elsewhere:
            return reply(foreignAnswer(question.key, state: state), to: query)
        case .server(let label):
            return authorityReply(label, question, query: query, transport: transport, state: state, second: second)
        case .resolver(let label):
            return resolverReply(label, question, query: query, transport: transport, state: state, second: second)
        }
    }

    /// Whether no packets reach or leave the monitor.
    package func isOffline(at second: Int) -> Bool { timeline.state(at: second).isOffline }

    /// Whether the file of declared records cannot be read.
    func hidesDeclaration(at second: Int) -> Bool {
        timeline.state(at: second).conditions["monitor"]?.contains {
            if case .unreadable = $0.effect { true } else { false }
        } ?? false
    }

    /// Whether the monitor lost its memory after the one second and not after the other.
    func forgets(after last: Int, through second: Int) -> Bool {
        timeline.state(at: second).conditions["monitor"]?.contains {
            if case .forget = $0.effect { last < $0.since && $0.since <= second } else { false }
        } ?? false
    }

    /// Returns the addresses of a name server; nil if the host is not a name server.
    func addresses(of host: Name, at second: Int) -> [IPAddress]? {
        timeline.state(at: second).server(host: host)?.addresses
    }

    /// Returns the time of the monitor's wall clock.
    package func wallClock(at second: Int) -> Timestamp {
        var shown = epoch.adding(seconds: Int64(second))
        for condition in timeline.state(at: second).conditions["monitor"] ?? [] {
            if case .skew(let seconds) = condition.effect { shown = shown.adding(seconds: Int64(seconds)) }
        }
        return shown
    }

    /// The addresses of the root servers.
    package var rootServers: [IPAddress] { [Place.root] }

    /// The same as root hints with names.
    package var rootHints: RootHints {
        RootHints(servers: (try? Name("a.root.")).map { [NameServer(name: $0, addresses: rootServers)] } ?? [])
    }

    /// The root's key, as a DS record; nil if it cannot be made.
    package var trustAnchor: RecordData? {
        signer.ds(ParentAnswers.keyLabel(.root), ParentAnswers.keySpecification, zone: .root)
    }

    /// The resolvers for the monitor's configuration.
    package var resolvers: [ResolverSpecification] {
        timeline.states[0].resolvers.map {
            ResolverSpecification(label: $0.label, server: ServerAddress($0.address), region: $0.region)
        }
    }

    /// Returns the registrable domain of a name: one label more than the zone in which it is registered.
    func registrable(_ name: Name) -> Name { Self.registrable(name, topLevels: topLevels) }

    static func registrable(_ name: Name, topLevels: [Name]) -> Name {
        let zone = topLevels.filter { name.isSubdomain(of: $0) }.max { $0.labelCount < $1.labelCount }
        return name.suffix(labels: min(name.labelCount, (zone?.labelCount ?? 1) + 1))
    }

    func question(_ key: RecordSetKey) -> AskedQuestion {
        if let known = questions[key] { return known }
        let made = AskedQuestion(id: questions.count, key: key)
        questions[key] = made
        return made
    }

    /// Returns how often the same choice was made within this second, so that a repeated query gets another random
    /// result.
    func repetition(of question: AskedQuestion, at actor: UInt64, second: Int) -> Int {
        let slot = Chance(seed).mixed(with: actor).mixed(with: question.hash).below(1 << 20)
        let known = repeats[slot]
        let count = known?.second == second ? (known?.count ?? 0) + 1 : 0
        repeats[slot] = (second, count)
        return count
    }

    /// Parses a query; nil for invalid bytes.
    func received(_ bytes: [UInt8]) -> ReceivedQuery? {
        guard bytes.count >= 12 else { return nil }
        let rest = WireBytes(bytes: Array(bytes[2...]))
        if let known = queries[rest] { return known }
        guard let message = try? Message(decoding: bytes) else { return nil }
        if queries.count >= Self.mostQueries { queries.removeAll(keepingCapacity: true) }
        let first = message.questions.count == 1 ? message.questions.first : nil
        let made = ReceivedQuery(
            number: replies.nextQuery(), message: message,
            question: first.flatMap { $0.recordClass == .in ? question(RecordSetKey($0.name.folded, $0.type)) : nil })
        queries[rest] = made
        return made
    }

    private func actor(at address: IPAddress, index: Int) -> Actor? {
        if let known = actors[index] { return known[address] }
        let state = timeline.states[index]
        var table: [IPAddress: Actor] = [Place.root: .root, Place.elsewhere: .elsewhere]
        for (index, zone) in topLevels.enumerated() { table[Place.topLevel(index)] = .topLevel(zone) }
        for server in state.servers {
            for address in server.addresses { table[address] = .server(server.label) }
        }
        for resolver in state.resolvers { table[resolver.address] = .resolver(resolver.label) }
        actors[index] = table
        return table[address]
    }

    /// Returns each top-level domain above some name of the scenario, and the parent zone.
    private static func topLevels(of scenario: Scenario) -> [Name] {
        var names: Set<Name> = [scenario.monitor.domain]
        for state in scenario.timeline.states {
            names.formUnion(state.servers.map(\.host))
            names.formUnion(state.elsewhere.keys)
            names.formUnion(state.unregistered)
            names.formUnion(state.parent.nameServers)
        }
        names.formUnion(scenario.monitor.controls)
        var result = Set(names.filter { !$0.isRoot }.map { $0.suffix(labels: 1).folded })
        result.formUnion(scenario.timeline.states.map { $0.parent.zone.folded })
        return result.sorted()
    }
}
