package import DNSSEC
package import DNSWire
package import LapwingCore

/// Finds the zones and servers that rounds query, from the root down, and caches them for all domains.
package actor ServerLocator {
    /// Seconds for which a finding is reused, short enough that a renumbered server is found within a few rounds.
    package static let keepsFor: Int64 = 300
    /// Seconds before a failed look-up is retried, for all domains together.
    package static let keepsFailuresFor: Int64 = 30
    /// Seconds for which the existence of a name is reused.
    package static let keepsDependenciesFor: Int64 = 60
    /// Seconds before a registry is asked again about a domain that is not in the DNS.
    package static let keepsRegistrationsFor: Int64 = 3600
    /// The largest number of cached findings; beyond it the oldest half is dropped.
    package static let mostFindings = 100_000
    /// The largest number of cached memories of walks.
    static let mostMemories = 8

    private let resolve: @Sendable (Question, inout ResolutionCache) async -> Resolution
    private let registrable: @Sendable (Name) -> Name?
    private let isRegistered: @Sendable (Name) async -> Bool?
    private let now: @Sendable () -> Timestamp
    private let usesIPv6: Bool
    private let threads: (any TaskExecutor)?
    private var random: any RandomNumberGenerator & Sendable
    /// The memories of walks, one for each concurrent walk, so that none waits for another or copies a memory.
    private var memories: [ResolutionCache] = []
    private var locations: [Name: (found: HostLocation, at: Timestamp)] = [:]
    /// Look-ups of hosts in progress: domains of one provider need the same hosts at the same time.
    private var locating: [Name: SharedLookUp<HostLocation>] = [:]
    private var parents: [Name: (found: ParentZone, at: Timestamp)] = [:]
    private var findingParents: [Name: SharedLookUp<ParentZone?>] = [:]
    private var dependencies: [Name: (found: DependencyView, at: Timestamp)] = [:]
    private var inspecting: [Name: SharedLookUp<DependencyView>] = [:]
    private var registrations: [Name: (found: Bool?, at: Timestamp)] = [:]
    private var asking: [Name: SharedLookUp<Bool?>] = [:]

    /// - Parameters:
    ///   - resolve: resolves one question with the cache of earlier ones. Validation is not needed here.
    ///   - registrable: returns the registrable domain of a name.
    ///   - isRegistered: whether the registry has a domain; nil if it does not say.
    ///   - threads: the executor of look-ups, which serve all concurrent callers; nil for the shared thread pool.
    ///   - random: selects the order of servers.
    package init(
        resolve: @escaping @Sendable (Question, inout ResolutionCache) async -> Resolution,
        registrable: @escaping @Sendable (Name) -> Name?, isRegistered: @escaping @Sendable (Name) async -> Bool?,
        usesIPv6: Bool, now: @escaping @Sendable () -> Timestamp, threads: (any TaskExecutor)? = nil,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.resolve = resolve
        self.registrable = registrable
        self.isRegistered = isRegistered
        self.usesIPv6 = usesIPv6
        self.now = now
        self.threads = threads
        self.random = random
    }

    /// Returns the parent zone of a domain and the addresses of its servers; nil for the root, and if it was not found.
    package func parent(of domain: Name) async -> ParentZone? {
        guard let above = domain.parent else { return nil }
        if let known = parents[above], now().seconds(since: known.at) < Self.keepsFor { return known.found }
        if let other = findingParents[joinable: above] { return await other.found }
        let lookUp = SharedLookUp(on: threads) { await self.findParent(of: domain, above) }
        findingParents[above] = lookUp
        let found = await lookUp.found
        findingParents.end(lookUp, above)
        return found
    }

    private func findParent(of domain: Name, _ above: Name) async -> ParentZone? {
        var search = ParentSearch(above: domain)
        var step = search.start()
        while true {
            switch step {
            case .resolve(let question):
                step = search.receive(await answer(question))
            case .locate(let hosts):
                var addresses: [IPAddress] = []
                for host in hosts { addresses += await location(of: host).addresses }
                step = search.receive(addresses: addresses)
            case .done(nil):
                return parents[above]?.found
            case .done(var found?):
                // In random order, so that over the rounds every server of the parent zone is queried.
                found.servers.shuffle(using: &random)
                keep(found, above, in: &parents)
                return found
            }
        }
    }

    /// Returns the addresses of a host; after a failure the last known ones, or those in the parent zone's glue.
    package func location(of host: Name) async -> HostLocation {
        if let known = locations[host] {
            let limit = known.found.isAnswered ? Self.keepsFor : Self.keepsFailuresFor
            if now().seconds(since: known.at) < limit { return known.found }
        }
        if let other = locating[joinable: host] { return await other.found }
        let lookUp = SharedLookUp(on: threads) { await self.look(for: host) }
        locating[host] = lookUp
        let found = await lookUp.found
        locating.end(lookUp, host)
        keep(found, host, in: &locations)
        return found
    }

    private func look(for host: Name) async -> HostLocation {
        var search = HostSearch(host, usesIPv6: usesIPv6, known: locations[host]?.found)
        var step = search.start()
        while true {
            switch step {
            case .resolve(let question): step = search.receive(await answer(question))
            case .done(let found): return found
            }
        }
    }

    /// Whether a name and its registrable domain still exist.
    package func dependency(_ name: Name) async -> DependencyView {
        if let known = dependencies[name], now().seconds(since: known.at) < Self.keepsDependenciesFor {
            return known.found
        }
        if let other = inspecting[joinable: name] { return await other.found }
        let lookUp = SharedLookUp(on: threads) { await self.inspect(name) }
        inspecting[name] = lookUp
        let found = await lookUp.found
        inspecting.end(lookUp, name)
        return found
    }

    private func inspect(_ name: Name) async -> DependencyView {
        var search = DependencySearch(name, registrable: registrable(name) ?? name)
        var step = search.start()
        while true {
            switch step {
            case .resolve(let question):
                step = search.receive(await answer(question))
            case .lookUp(let domain):
                step = search.receive(registered: await registered(domain))
            case .done(let found):
                keep(found, name, in: &dependencies)
                return found
            }
        }
    }

    /// Whether the registry has a domain; asked once for all domains that rely on it, and rarely.
    private func registered(_ domain: Name) async -> Bool? {
        if let known = registrations[domain], now().seconds(since: known.at) < Self.keepsRegistrationsFor {
            return known.found
        }
        if let other = asking[joinable: domain] { return await other.found }
        let lookUp = SharedLookUp(on: threads) { [isRegistered] in await isRegistered(domain) }
        asking[domain] = lookUp
        let found = await lookUp.found
        asking.end(lookUp, domain)
        keep(found, domain, in: &registrations)
        return found
    }

    /// Returns the answer, and the zone that gave it with its servers.
    private func answer(_ question: Question) async -> SearchAnswer {
        var memory = memories.popLast() ?? ResolutionCache()
        let resolution = await resolve(question, &memory)
        let zone = memory.zone(enclosing: question.name)
        if memories.count < Self.mostMemories { memories.append(memory) }
        return SearchAnswer(resolution, zone: zone)
    }

    private func keep<Value>(_ value: Value, _ name: Name, in findings: inout [Name: (found: Value, at: Timestamp)]) {
        // An interrupted look-up has no result.
        guard !Task.isCancelled else { return }
        if findings.count >= Self.mostFindings {
            let limit = findings.values.map(\.at).sorted()[findings.count / 2]
            findings = findings.filter { $0.value.at > limit }
        }
        findings[name] = (value, now())
    }
}
