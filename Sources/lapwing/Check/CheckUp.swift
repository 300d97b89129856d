import DNSSEC
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingProbes

/// Makes check-ups: the first round that the daemon would make of a domain, with all rules.
struct CheckUp: Sendable {
    let parts: NetworkParts
    /// What the registry says of a domain.
    var lookUp: @Sendable (Name) async -> RegistryView?
    private let settings: Settings
    private let chain: ChainDriver
    private let clock: EngineClock

    /// - Parameter rootKeys: the keys from which trust is derived, where they are followed through their rollovers.
    init(settings: Settings, network: NetworkOptions, rootKeys: RootKeys? = nil) throws {
        var clock = EngineClock.system
        if let moment = network.at { clock.now = { moment } }
        let roots = try network.resolverSettings()
        parts = try NetworkParts(
            roots: roots.roots, timeout: network.timeout, tables: RegistryTables(settings),
            unasked: network.unasked(settings), clock: clock)
        chain = ChainDriver(
            settings: rootKeys?.current(roots) ?? roots, verifier: parts.verifier,
            exchange: ResolutionDriver.exchange(over: parts.client, unasked: network.unasked(settings)))
        self.settings = settings
        self.clock = clock
        let (registration, now) = (parts.registration, clock.now)
        lookUp = { await registration.look(up: $0)?.view(at: now()) }
    }

    func run(_ name: Name) async -> CheckReport {
        let watch = watch(for: name)
        // Where somebody else answers for the servers there is nothing to wait for.
        let roots = await parts.rootWatch.sight()
        async let round = look(watch, roots)
        let watched = watch.sets.map { Question(name: $0.name, type: $0.type) }
        let proof =
            roots.isIntercepted
            ? nil : await chain.verdict(on: watch.domain, besides: watched, now: clock.now().seconds)
        return CheckReport(watch, await round, proof: proof)
    }

    private func look(_ watch: Watch, _ roots: RootSight) async -> JudgedRound? {
        await FirstRound(
            watch: watch, resolvers: settings.resolvers, reachesIPv6: parts.reachesIPv6, verifier: parts.verifier,
            now: { [clock] in (clock.now(), clock.monotonic()) },
            gather: { await gather($0, watch, roots) }
        ).make()
    }

    private func gather(
        _ walk: RoundWalk, _ watch: Watch, _ roots: RootSight
    ) async -> (snapshot: Snapshot, registration: RegistryView?) {
        guard !roots.isIntercepted else { return (walk.broken(off: roots), nil) }
        async let snapshot = parts.driver.gather(walk).snapshot
        let registration = watch.watchesRegistration ? await lookUp(watch.domain) : nil
        return (await snapshot, registration)
    }

    /// The configured watch of a domain, or what a domain gets that nothing is said about.
    private func watch(for name: Name) -> Watch {
        if let watch = settings.watches.first(where: { $0.domain == name }) { return watch }
        let domain = RegistrableDomain.of(name) ?? name
        var watch = StandardWatch.watch(domain, names: name == domain ? [domain] : [domain, name])
        watch.severities = settings.severities
        return watch
    }
}
