import DNSWire

/// The number of questions in a round of a watch, by recipient. It comes from the walk itself, with placeholders for
/// the servers that are known only when a round is made.
package struct RoundSize: Sendable, Hashable {
    /// Questions to two servers of the parent zone.
    package var parents = 0
    /// Questions to one resolver.
    package var eachResolver = 0
    /// Questions to one server of the domain.
    package var eachAuthority = 0

    /// - Parameter watch: the watch. Its address and mail sets count as steady, so resolvers are asked for them
    ///   repeatedly.
    package init(of watch: Watch) {
        let resolver = ResolverSpecification(label: "resolver", server: ServerAddress(Self.placeholder))
        var memory = DelegationMemory()
        let steady = watch.sets.filter { Self.repeated.contains($0.type) }
        memory.steady = Array(steady.prefix(DelegationMemory.steadyLimit))
        var walk = RoundWalk(
            watch: watch, resolvers: [resolver], memory: memory, at: Timestamp(seconds: 0), monotonic: 0)
        _ = walk.start()
        let parent = ParentZone(
            name: watch.domain.parent ?? .root,
            servers: (1...UInt32(RoundWalk.Limit.parentServers)).map { .v4(0x7f00_0001 + $0) })
        guard case .ask(let tasks) = walk.receive(parent: parent) else { return }
        for task in tasks {
            if case .parent = task.source { parents += 1 } else { eachResolver += 1 }
        }
        walk.snapshot.authorities = [
            AuthorityView(host: watch.domain, address: Self.placeholder, listedAtParent: true)
        ]
        eachAuthority = walk.authorityTasks(isSigned: false, ownHosts: []).count
    }

    /// Returns the number of all questions of a round.
    package func questions(resolvers: Int, authorities: Int) -> Int {
        parents + resolvers * eachResolver + authorities * eachAuthority
    }

    private static let placeholder = IPAddress.v4(0x7f00_0001)
    private static let repeated: Set<RecordType> = [.a, .aaaa, .mx]
}
