package import DNSSEC
package import DNSWire
package import LapwingCore

/// Finds who is authoritative for a name and type now, from the root down, and behind aliases.
package struct AuthorityFinder: Sendable {
    /// Where a set is served.
    package struct Place: Sendable, Hashable {
        /// The name at the end of the aliases.
        package var name: Name
        /// The zone that it is in.
        package var zone: Name
        /// Its servers, and of a delegation those of the zone above too.
        package var servers: [Source]
    }

    /// Servers that are asked at most; a zone has 13 seldom.
    static let mostServers = 40
    /// Hosts of which addresses are looked up at most, of one zone.
    static let mostHosts = 20

    private let resolve: @Sendable (Question, inout ResolutionCache) async -> Resolution
    private let usesIPv6: Bool

    /// - Parameters:
    ///   - resolve: Resolves one question with what earlier ones taught. Validation is not needed here.
    ///   - usesIPv6: whether servers are asked by IPv6 too.
    package init(
        usesIPv6: Bool, resolve: @escaping @Sendable (Question, inout ResolutionCache) async -> Resolution
    ) {
        self.usesIPv6 = usesIPv6
        self.resolve = resolve
    }

    /// Nil where the way down was not found.
    package func find(_ key: RecordSetKey) async -> Place? {
        // Nothing is remembered from one time to the next: a delegation may just be moving.
        var memory = ResolutionCache()
        let resolution = await resolve(Question(name: key.name, type: key.type), &memory)
        let name = key.type == .cname ? key.name : Self.end(of: key.name, in: resolution.answer)
        // What the zone above keeps is asked there.
        let inside = key.type == .ds ? name.parent ?? name : name
        guard var zone = memory.zone(enclosing: inside) else { return nil }
        // A server that has the zone above too answers at once, without a word about the delegation.
        if let own = await ownServers(of: inside, below: zone.name, &memory) { zone = own }
        var servers: [Source] = []
        if key.type == .ns, zone.name == name, let above = name.parent, let parent = memory.zone(enclosing: above) {
            for server in parent.servers.prefix(Self.mostHosts) {
                servers += await addresses(of: server, &memory).map { .parent($0) }
            }
        }
        for server in zone.servers.prefix(Self.mostHosts) {
            servers += await addresses(of: server, &memory).map { .authority(host: server.name, address: $0) }
        }
        guard !servers.isEmpty else { return nil }
        return Place(name: name, zone: zone.name, servers: Array(servers.prefix(Self.mostServers)))
    }

    /// The servers that a zone between a name and the one above it names itself.
    private func ownServers(
        of name: Name, below above: Name, _ memory: inout ResolutionCache
    ) async -> (name: Name, servers: [NameServer])? {
        var current: Name? = name
        while let candidate = current, candidate != above, candidate.isSubdomain(of: above) {
            let resolution = await resolve(Question(name: candidate, type: .ns), &memory)
            let sets = resolution.answer.map(\.records).filter { $0.type == .ns && $0.name == candidate }
            let hosts = sets.flatMap(\.data).compactMap { NameTarget($0)?.target }
            if !hosts.isEmpty { return (candidate, hosts.map { NameServer(name: $0, addresses: []) }) }
            current = candidate.parent
        }
        return nil
    }

    private func addresses(of server: NameServer, _ memory: inout ResolutionCache) async -> [IPAddress] {
        var found = server.addresses
        if found.isEmpty {
            for type in usesIPv6 ? [RecordType.a, .aaaa] : [.a] {
                let resolution = await resolve(Question(name: server.name, type: type), &memory)
                found += resolution.answer.flatMap(\.records.data).compactMap { Address($0)?.address }
            }
        }
        return found.filter { usesIPv6 || $0.isIPv4 }.sorted { "\($0)" < "\($1)" }
    }

    /// Where the aliases of an answer lead.
    private static func end(of name: Name, in answer: [SignedSet]) -> Name {
        var current = name
        // Each step uses up a set, so a loop ends with the answer.
        for set in answer where set.records.type == .cname && set.records.name == current {
            guard let target = set.records.data.first.flatMap({ NameTarget($0) })?.target else { break }
            current = target
        }
        return current
    }
}
