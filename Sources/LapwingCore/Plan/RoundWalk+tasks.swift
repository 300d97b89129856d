import DNSWire

/// The questions of a round.
extension RoundWalk {
    /// Questions about the delegation at its source: NS and DS of the domain, and the parent's own keys and serial.
    func parentTasks() -> [ProbeTask] { parentTasks(at: parentServers) }

    func parentTasks(at servers: [IPAddress]) -> [ProbeTask] {
        guard let zone = snapshot.parent.zone else { return [] }
        let keys = [
            RecordSetKey(watch.domain, .ns), RecordSetKey(watch.domain, .ds), RecordSetKey(zone, .dnskey),
            RecordSetKey(zone, .soa),
        ]
        return servers.flatMap { address in
            keys.map { ProbeTask(source: .parent(address), server: ServerAddress(address), key: $0) }
        }
    }

    func resolverTasks() -> [ProbeTask] {
        var keys = watch.sets + watch.controls
        // The parent's own SOA, asked through the resolver, distinguishes a failing TLD from a failing domain.
        if let zone = snapshot.parent.zone { keys.append(RecordSetKey(zone, .soa)) }
        return resolvers.flatMap { resolver in keys.map { task(resolver, $0) } }
    }

    /// The same questions again. Each may reach another cache behind the resolver's address: a forged entry need not be
    /// in the cache that answers first.
    func cacheTasks(_ keys: [RecordSetKey]) -> [ProbeTask] {
        resolvers.flatMap { resolver in
            keys.filter(isWatched).flatMap { key in
                (1...Limit.cacheRepeats).map { number in
                    var task = task(resolver, key)
                    task.repetition = number
                    return task
                }
            }
        }
    }

    /// The questions that failed at a resolver, without validation.
    func uncheckedTasks() -> [ProbeTask] {
        snapshot.resolvers.enumerated().flatMap { index, view in
            view.answers.filter { $0.value.outcome == .failure(.servFail) }.keys.sorted(by: Self.inOrder).map {
                var task = task(resolvers[index], $0)
                task.checkingDisabled = true
                return task
            }
        }
    }

    /// A question unrelated to the domain for each resolver that failed, which shows whether the domain or the resolver
    /// fails.
    func controlTasks() -> [ProbeTask] {
        guard watch.controls.isEmpty else { return [] }
        return snapshot.resolvers.enumerated().compactMap { index, view in
            view.answers.values.allSatisfy(\.isConclusive) ? nil : task(resolvers[index], RecordSetKey(.root, .ns))
        }
    }

    func resolverRepeats() -> [ProbeTask] {
        guard case .second(let look) = snapshot.look else { return [] }
        return look.resolverRepeats.flatMap { wanted -> [ProbeTask] in
            guard let resolver = resolvers.first(where: { $0.label == wanted.resolver }) else { return [] }
            return (1...max(1, min(wanted.times, 16))).map {
                var task = task(resolver, wanted.key)
                task.repetition = $0
                return task
            }
        }
    }

    /// The questions to each authoritative server from the given place in the list on.
    func authorityTasks(from start: Int) -> [ProbeTask] {
        authorityTasks(from: start, isSigned: !snapshot.parent.ds.isEmpty, ownHosts: snapshot.ownHosts)
    }

    func authorityTasks(from start: Int = 0, isSigned: Bool, ownHosts: [Name]) -> [ProbeTask] {
        let apex = watch.domain
        var keys = [RecordSetKey(apex, .soa), RecordSetKey(apex, .ns), RecordSetKey(apex, .dnskey)]
        let own = keys
        keys += watch.sets.filter { !own.contains($0) }
        let asked = keys
        // The addresses that the zone publishes for its own name servers, for comparison with the glue.
        keys += ownHosts.flatMap { [RecordSetKey($0, .a), RecordSetKey($0, .aaaa)] }.filter { !asked.contains($0) }
        if isSigned {
            keys += [RecordSetKey(apex, .cds), RecordSetKey(apex, .cdnskey)]
            var names: Set<Name> = []
            keys += watch.sets.filter { names.insert($0.name).inserted }.map { RecordSetKey($0.name, Self.denialProbe) }
            // A name that hardly any zone has: a denial of a name uses other records than a denial of a type.
            keys += Self.absentName(apex).map { [$0] } ?? []
        }
        if case .second(let look) = snapshot.look { keys += look.authorityQuestions }
        // The DS RRset is served by the parent, so the child is not asked for it.
        keys.removeAll { $0 == RecordSetKey(apex, .ds) }
        return snapshot.authorities.dropFirst(start).flatMap { authority in
            keys.map { authorityTask(authority.host, authority.address, $0) }
        }
    }

    /// Returns a question for a name that does not exist.
    static func absentName(_ domain: Name) -> RecordSetKey? {
        (try? domain.prepending(label: Array("lapwing-7f3a9c".utf8))).map { RecordSetKey($0, .a) }
    }

    /// The additional questions of a second look that does not repeat the round, for the servers known from before.
    func extraAuthorityTasks() -> [ProbeTask] {
        guard case .second(let look) = snapshot.look else { return [] }
        return memory.hosts.flatMap { host in
            host.addresses.filter(isReachable).flatMap { address in
                look.authorityQuestions.map { authorityTask(host.name, address, $0) }
            }
        }
    }

    private func authorityTask(_ host: Name, _ address: IPAddress, _ key: RecordSetKey) -> ProbeTask {
        ProbeTask(source: .authority(host: host, address: address), server: ServerAddress(address), key: key)
    }

    private func task(_ resolver: ResolverSpecification, _ key: RecordSetKey) -> ProbeTask {
        var task = ProbeTask(source: .resolver(resolver.label), server: resolver.server, key: key)
        task.recursionDesired = true
        return task
    }

    private static func inOrder(_ one: RecordSetKey, _ other: RecordSetKey) -> Bool {
        one.name == other.name ? one.type.rawValue < other.type.rawValue : one.name < other.name
    }
}
