package import DNSSEC
package import DNSWire
package import LapwingCore

/// What the engine needs of the world: sockets or a simulation, it cannot tell.
package struct EngineParts: Sendable {
    /// Carries a walk through to its snapshot; questions whose replies of a moment ago are known are not put again.
    package var gather: @Sendable (RoundWalk, [ProbeTask: ProbeReply]) async -> Gathered
    /// Puts the questions of an earlier round again and says whether the answers are the same.
    package var recheck: @Sendable (RoundWalk, RoundPrint) async -> Recheck
    /// Looks a registration up; nil where the registry publishes nothing.
    package var lookUp: @Sendable (Name) async -> RegistryView?
    /// The server that answers for a domain's registration, whose budget a look-up is charged to; nil where nobody
    /// registers such names.
    package var registry: @Sendable (Name) -> String?
    /// Asks for the whole of zones.
    package var zones: ZoneMeans
    /// Checks signatures.
    package var verifier: any SignatureVerifier
    /// The clocks of the flow.
    package var clock: EngineClock
    /// Whether this machine has a way to IPv6 addresses.
    package var reachesIPv6: Bool
    /// Where rounds are judged.
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
