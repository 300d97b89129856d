package import DNSSEC
package import DNSWire
package import LapwingCore

/// Finds the zones and servers that rounds ask, from the root down, and remembers them for all domains.
package actor ServerLocator {
    /// Seconds for which a finding is used again. Short enough that a renumbered server is found within a few rounds.
    package static let keepsFor: Int64 = 300
    /// Seconds before a look-up that failed is tried again, for all domains together.
    package static let keepsFailuresFor: Int64 = 30
    /// Findings kept at once; beyond that the oldest half is forgotten.
    package static let mostFindings = 100_000
    /// Memories of walks kept at once.
    static let mostMemories = 8

    private let resolve: @Sendable (Question, inout ResolutionCache) async -> Resolution
    private let registrable: @Sendable (Name) -> Name?
    private let now: @Sendable () -> Timestamp
    private let usesIPv6: Bool
    /// What walks learnt, one for each that went on at the same time: none waits for another, and none is copied.
    private var memories: [ResolutionCache] = []
    private var locations: [Name: (found: HostLocation, at: Timestamp)] = [:]
    /// Look-ups of hosts under way: domains of one provider ask for the same hosts at the same time.
    private var locating: [Name: Task<HostLocation, Never>] = [:]
    private var parents: [Name: (found: ParentZone, at: Timestamp)] = [:]
    private var dependencies: [Name: (found: DependencyView, at: Timestamp)] = [:]

    /// - Parameters:
    ///   - resolve: Resolves one question with what earlier ones taught. Validation is not needed here.
    ///   - registrable: The registrable domain of a name.
    package init(
        resolve: @escaping @Sendable (Question, inout ResolutionCache) async -> Resolution,
        registrable: @escaping @Sendable (Name) -> Name?, usesIPv6: Bool, now: @escaping @Sendable () -> Timestamp
    ) {
        self.resolve = resolve
        self.registrable = registrable
        self.usesIPv6 = usesIPv6
        self.now = now
    }

    /// The zone above a domain and the addresses of its servers.
    package func parent(of domain: Name) async -> ParentZone? {
        guard let above = domain.parent else { return nil }
        if let known = parents[above], now().seconds(since: known.at) < Self.keepsFor { return known.found }
        let answer = await answer(above, .soa)
        // A walk that failed may have ended in a zone far above; only where it was to end it says something.
        guard let zone = answer.zone, Self.isAnswer(answer.resolution) || zone.name == above else {
            return parents[above]?.found
        }
        var servers = zone.servers.flatMap(\.addresses)
        if servers.isEmpty {
            for server in zone.servers.prefix(4) { servers += await location(of: server.name).addresses }
        }
        guard !servers.isEmpty else { return parents[above]?.found }
        // Another order each time, so that over the rounds every server of the parent is asked.
        let found = ParentZone(name: zone.name, servers: Set(servers).shuffled())
        keep(found, above, in: &parents)
        return found
    }

    /// Where a host lives; after a failure where it was last, or what the zone above says.
    package func location(of host: Name) async -> HostLocation {
        if let known = locations[host] {
            let limit = known.found.isAnswered ? Self.keepsFor : Self.keepsFailuresFor
            if now().seconds(since: known.at) < limit { return known.found }
        }
        if let other = locating[host] { return await other.value }
        let task = Task { await look(for: host) }
        locating[host] = task
        let found = await task.value
        locating[host] = nil
        keep(found, host, in: &locations)
        return found
    }

    private func look(for host: Name) async -> HostLocation {
        let four = await answer(host, .a)
        var addresses = Self.addresses(four.resolution)
        var outcome = Self.outcome(four.resolution)
        if usesIPv6 || addresses.isEmpty, outcome == .data || outcome == .noData {
            let six = await answer(host, .aaaa).resolution
            addresses += Self.addresses(six)
            if outcome == .noData { outcome = Self.outcome(six) }
        }
        if !addresses.isEmpty { return HostLocation(addresses: addresses, outcome: .data) }
        let found = HostLocation(addresses: [], outcome: outcome)
        if found.isAnswered { return found }
        // A failure is not an answer: what was known before stays, and at first the glue that leads to the host's zone.
        let glue = four.zone?.servers.first { $0.name == host }?.addresses ?? []
        return HostLocation(addresses: locations[host]?.found.addresses ?? glue, outcome: outcome)
    }

    /// Whether a name and the registrable domain above it still exist.
    package func dependency(_ name: Name) async -> DependencyView {
        if let known = dependencies[name], now().seconds(since: known.at) < 60 { return known.found }
        let domain = registrable(name) ?? name
        let above = await answer(domain, .ns).resolution
        let own = await answer(name, .a).resolution
        var data = own.answer.flatMap(\.records.data).filter { $0.type == .a }
        if own.responseCode == .noError, own.answer.isEmpty {
            data = await answer(name, .txt).resolution.answer.flatMap(\.records.data).filter { $0.type == .txt }
        }
        let found = DependencyView(
            name: name, registrable: domain, domainState: Self.state(above), nameState: Self.state(own), data: data)
        keep(found, name, in: &dependencies)
        return found
    }

    /// The answer, and the zone that it came from with its servers.
    private func answer(
        _ name: Name, _ type: RecordType
    ) async -> (resolution: Resolution, zone: (name: Name, servers: [NameServer])?) {
        var memory = memories.popLast() ?? ResolutionCache()
        let resolution = await resolve(Question(name: name, type: type, recordClass: .in), &memory)
        let zone = memory.zone(enclosing: name)
        if memories.count < Self.mostMemories { memories.append(memory) }
        return (resolution, zone)
    }

    private func keep<Value>(_ value: Value, _ name: Name, in findings: inout [Name: (found: Value, at: Timestamp)]) {
        // What was broken off is no finding.
        guard !Task.isCancelled else { return }
        if findings.count >= Self.mostFindings {
            let limit = findings.values.map(\.at).sorted()[findings.count / 2]
            findings = findings.filter { $0.value.at > limit }
        }
        findings[name] = (value, now())
    }

    private static func addresses(_ resolution: Resolution) -> [IPAddress] {
        resolution.answer.flatMap(\.records.data).compactMap { Address($0)?.address }
    }

    private static func isAnswer(_ resolution: Resolution) -> Bool {
        resolution.responseCode == .noError || resolution.responseCode == .nxDomain
    }

    private static func outcome(_ resolution: Resolution) -> Answer.Outcome {
        switch resolution.responseCode {
        case .noError: resolution.answer.isEmpty ? .noData : .data
        case .nxDomain: .nxDomain
        // Nobody sent SERVFAIL: the walk ended without an answer, and for want of one in most cases.
        case .servFail where [.timedOut, .unreachable].contains(resolution.proof.reason?.code): .timeout
        default: .failure(resolution.responseCode)
        }
    }

    private static func state(_ resolution: Resolution) -> DependencyView.State {
        switch resolution.responseCode {
        case .noError: .exists
        case .nxDomain: .absent
        default: .unknown
        }
    }
}
