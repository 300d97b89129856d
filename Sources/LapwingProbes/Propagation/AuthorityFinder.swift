package import DNSSEC
package import DNSWire
package import LapwingCore

/// Finds the present authoritative servers for a name and type, from the root down, and behind aliases.
package struct AuthorityFinder: Sendable {
    /// The place where an RRset is served.
    package struct Place: Sendable, Hashable {
        /// The name at the end of the aliases.
        package var name: Name
        /// The zone that contains it.
        package var zone: Name
        /// Its servers; for a delegation also those of the parent zone.
        package var servers: [Source]
    }

    /// The largest number of servers that are queried; few zones have even 13.
    static let mostServers = 40
    /// The largest number of hosts of one zone whose addresses are looked up.
    static let mostHosts = 20

    private let resolve: @Sendable (Question, inout ResolutionCache) async -> Resolution
    private let usesIPv6: Bool

    /// - Parameters:
    ///   - usesIPv6: whether servers are queried over IPv6 too.
    ///   - resolve: resolves one question with the cache of earlier ones. Validation is not needed here.
    package init(
        usesIPv6: Bool, resolve: @escaping @Sendable (Question, inout ResolutionCache) async -> Resolution
    ) {
        self.usesIPv6 = usesIPv6
        self.resolve = resolve
    }

    /// Returns nil if no path from the root was found.
    package func find(_ key: RecordSetKey) async -> Place? {
        // Nothing is cached between calls, since a delegation may be changing.
        var memory = ResolutionCache()
        let resolution = await resolve(Question(name: key.name, type: key.type), &memory)
        let name = key.type == .cname ? key.name : Self.end(of: key.name, in: resolution.answer)
        // Records at the parent's side of a zone cut are queried there.
        let inside = key.type == .ds ? name.parent ?? name : name
        guard var zone = memory.zone(enclosing: inside) else { return nil }
        // A server that also has the parent zone answers directly, without revealing the zone cut.
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

    /// Returns the servers that a zone between a name and the one above it lists itself.
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

    /// Returns the target at the end of an answer's aliases.
    private static func end(of name: Name, in answer: [SignedSet]) -> Name {
        var current = name
        // Each step consumes an RRset, so a loop ends with the answer.
        for set in answer where set.records.type == .cname && set.records.name == current {
            guard let target = set.records.data.first.flatMap({ NameTarget($0) })?.target else { break }
            current = target
        }
        return current
    }
}
