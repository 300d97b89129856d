package import DNSSEC
package import DNSWire
package import LapwingCore

/// Finds the zones and servers that rounds ask, from the root down, and remembers them for all domains.
package actor ServerLocator {
    /// Seconds for which a finding is used again. Short enough that a renumbered server is found within a few rounds.
    package static let keepsFor: Int64 = 300
    /// Seconds before a look-up that failed is tried again, for all domains together.
    package static let keepsFailuresFor: Int64 = 30
    /// Seconds for which the existence of a name is used again.
    package static let keepsDependenciesFor: Int64 = 60
    /// Seconds before a registry is asked again for a domain that is not in the DNS.
    package static let keepsRegistrationsFor: Int64 = 3600
    /// Findings kept at once; beyond that the oldest half is forgotten.
    package static let mostFindings = 100_000
    /// Memories of walks kept at once.
    static let mostMemories = 8

    private let resolve: @Sendable (Question, inout ResolutionCache) async -> Resolution
    private let registrable: @Sendable (Name) -> Name?
    private let isRegistered: @Sendable (Name) async -> Bool?
    private let now: @Sendable () -> Timestamp
    private let usesIPv6: Bool
    private let threads: (any TaskExecutor)?
    private var random: any RandomNumberGenerator & Sendable
    /// What walks learnt, one for each that went on at the same time: none waits for another, and none is copied.
    private var memories: [ResolutionCache] = []
    private var locations: [Name: (found: HostLocation, at: Timestamp)] = [:]
    /// Look-ups of hosts under way: domains of one provider ask for the same hosts at the same time.
    private var locating: [Name: SharedLookUp<HostLocation>] = [:]
    private var parents: [Name: (found: ParentZone, at: Timestamp)] = [:]
    private var findingParents: [Name: SharedLookUp<ParentZone?>] = [:]
    private var dependencies: [Name: (found: DependencyView, at: Timestamp)] = [:]
    private var inspecting: [Name: SharedLookUp<DependencyView>] = [:]
    private var registrations: [Name: (found: Bool?, at: Timestamp)] = [:]
    private var asking: [Name: SharedLookUp<Bool?>] = [:]

    /// - Parameters:
    ///   - resolve: Resolves one question with what earlier ones taught. Validation is not needed here.
    ///   - registrable: The registrable domain of a name.
    ///   - isRegistered: Whether the registry has a domain; nil when it does not say.
    ///   - threads: What look-ups run on, which go on for all who wait for them; nil for the threads that all tasks share.
    ///   - random: Draws the order of servers.
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

    /// The zone above a domain and the addresses of its servers.
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
                // Another order each time, so that over the rounds every server of the parent is asked.
                found.servers.shuffle(using: &random)
                keep(found, above, in: &parents)
                return found
            }
        }
    }

    /// Where a host lives; after a failure where it was last, or what the zone above says.
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

    /// Whether a name and the registrable domain above it still exist.
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

    /// Whether the registry has a domain; asked once for all domains that rely on it, and seldom.
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

    /// The answer, and the zone that it came from with its servers.
    private func answer(_ question: Question) async -> SearchAnswer {
        var memory = memories.popLast() ?? ResolutionCache()
        let resolution = await resolve(question, &memory)
        let zone = memory.zone(enclosing: question.name)
        if memories.count < Self.mostMemories { memories.append(memory) }
        return SearchAnswer(resolution, zone: zone)
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
}
