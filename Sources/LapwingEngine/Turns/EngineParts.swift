package import DNSSEC
package import DNSWire
package import LapwingCore

/// The engine's interface to the world: it cannot distinguish sockets from a simulation.
package struct EngineParts: Sendable {
    /// Runs a walk to its snapshot; questions with a known recent reply are not asked again.
    package var gather: @Sendable (RoundWalk, [ProbeTask: ProbeReply]) async -> Gathered
    /// Repeats the questions of an earlier round and reports whether the answers are the same.
    package var recheck: @Sendable (RoundWalk, RoundPrint) async -> Recheck
    /// Looks up a registration; nil if the registry publishes nothing.
    package var lookUp: @Sendable (Name) async -> RegistryView?
    /// The server for a domain's registration data, to whose budget a look-up is charged; nil if such names are not
    /// registered.
    package var registry: @Sendable (Name) -> String?
    /// Transfers whole zones.
    package var zones: ZoneMeans
    /// Verifies signatures.
    package var verifier: any SignatureVerifier
    /// The clocks of the flow.
    package var clock: EngineClock
    /// Whether this machine has a route to IPv6 addresses.
    package var reachesIPv6: Bool
    /// The threads for judging rounds.
    package var bench: JudgingBench

    package init(
        gather: @escaping @Sendable (RoundWalk, [ProbeTask: ProbeReply]) async -> Gathered,
        recheck: @escaping @Sendable (RoundWalk, RoundPrint) async -> Recheck = { _, _ in .different([:]) },
        lookUp: @escaping @Sendable (Name) async -> RegistryView?,
        registry: @escaping @Sendable (Name) -> String?, verifier: any SignatureVerifier, clock: EngineClock,
        reachesIPv6: Bool, zones: ZoneMeans = ZoneMeans(), bench: JudgingBench = .shared
    ) {
        self.gather = gather
        self.recheck = recheck
        self.lookUp = lookUp
        self.registry = registry
        self.verifier = verifier
        self.clock = clock
        self.reachesIPv6 = reachesIPv6
        self.zones = zones
        self.bench = bench
    }
}
