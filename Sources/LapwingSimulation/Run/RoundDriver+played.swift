package import DNSClient
package import DNSSEC
package import DNSWire
package import LapwingCore
package import LapwingProbes

/// Where a played network begins, and what is known there without asking.
package struct PlayedSurroundings: Sendable {
    /// From where names are resolved.
    package var roots: RootHints
    /// The registrable domain of a name.
    package var registrable: @Sendable (Name) -> Name?
    /// Whether the registry has a domain; nil where it does not say.
    package var isRegistered: @Sendable (Name) async -> Bool?
    /// How the registration of another domain stands; nil where nobody says.
    package var registration: @Sendable (Name) async -> DependencyView.Registration?
    package var usesIPv6: Bool
    /// A clock that nobody sets.
    package var steady: @Sendable () -> Timestamp
    /// What look-ups run on; nil for the threads that all tasks share.
    package var threads: (any TaskExecutor)?
    /// Draws the order in which servers are asked.
    package var random: any RandomNumberGenerator & Sendable

    package init(
        roots: RootHints, registrable: @escaping @Sendable (Name) -> Name?,
        isRegistered: @escaping @Sendable (Name) async -> Bool?,
        registration: @escaping @Sendable (Name) async -> DependencyView.Registration? = { _ in nil }, usesIPv6: Bool,
        steady: @escaping @Sendable () -> Timestamp, threads: (any TaskExecutor)? = nil,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.roots = roots
        self.registrable = registrable
        self.isRegistered = isRegistered
        self.registration = registration
        self.usesIPv6 = usesIPv6
        self.steady = steady
        self.threads = threads
        self.random = random
    }
}

extension RoundDriver {
    /// What makes rounds over a network that is played, put together as the daemon puts it together.
    package init(
        playing network: PlayedNetwork, in surroundings: PlayedSurroundings, verifier: any SignatureVerifier
    ) {
        let (client, steady) = (DNSClient(playing: network), surroundings.steady)
        let exchange = ProbeExchange(client: client, now: steady)
        var settings = ResolverSettings(
            roots: surroundings.roots, anchors: .none, usesIPv6: surroundings.usesIPv6)
        settings.keepsTrace = false
        let resolution = ResolutionDriver(
            settings: settings, verifier: verifier, elapsed: { network.now().duration },
            exchange: ResolutionDriver.exchange(over: client))
        let locator = ServerLocator(
            resolve: { question, memory in
                await resolution.resolve(question, memory: &memory, now: steady().seconds)
            },
            registrable: surroundings.registrable, isRegistered: surroundings.isRegistered,
            usesIPv6: surroundings.usesIPv6, now: steady, threads: surroundings.threads, random: surroundings.random)
        let roots = RootWatch(
            roots: surroundings.roots, now: steady, threads: surroundings.threads, random: surroundings.random
        ) { await client.rootAuthority(at: $0) }
        self.init(
            Means(
                exchange: { await exchange($0) }, findParent: { await locator.parent(of: $0) },
                locate: { await locator.location(of: $0) }, inspect: { await locator.dependency($0) },
                registration: surroundings.registration, seeRoots: { await roots.sight() }),
            key: client.digestKey)
    }
}
