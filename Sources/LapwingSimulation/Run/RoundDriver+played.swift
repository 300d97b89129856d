package import DNSClient
package import DNSSEC
package import DNSWire
package import LapwingCore
package import LapwingProbes

/// The surroundings of a played network: its root, and facts that need no query.
package struct PlayedSurroundings: Sendable {
    /// The root hints.
    package var roots: RootHints
    /// The registrable domain of a name; nil for a public suffix.
    package var registrable: @Sendable (Name) -> Name?
    /// Whether the registry has a domain; nil if it does not say.
    package var isRegistered: @Sendable (Name) async -> Bool?
    /// How the registration of another domain stands; nil where nobody says.
    package var registration: @Sendable (Name) async -> DependencyView.Registration?
    /// Whether servers are also asked at their IPv6 addresses.
    package var usesIPv6: Bool
    /// A steady clock.
    package var steady: @Sendable () -> Timestamp
    /// The executor of look-ups; nil for the shared thread pool.
    package var threads: (any TaskExecutor)?
    /// Selects the order in which servers are queried.
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
    /// Makes a driver of rounds over a played network, assembled as in the daemon.
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
