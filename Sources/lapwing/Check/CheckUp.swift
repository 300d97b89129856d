import DNSSEC
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingProbes

/// Makes check-ups: the rounds of the daemon, judged without history.
struct CheckUp {
    let parts: NetworkParts
    private let settings: Settings
    private let resolution: ResolutionDriver
    private let clock: EngineClock

    init(settings: Settings, network: NetworkOptions) throws {
        var clock = EngineClock.system
        if let moment = network.at { clock.now = { moment } }
        let roots = try network.resolverSettings()
        parts = try NetworkParts(
            roots: roots.roots, timeout: network.timeout, tables: RegistryTables(settings), clock: clock)
        resolution = ResolutionDriver(client: parts.client, settings: roots, verifier: parts.verifier)
        self.settings = settings
        self.clock = clock
    }

    func run(_ name: Name) async -> CheckReport {
        let watch = watch(for: name)
        let walk = RoundWalk(
            watch: watch, resolvers: settings.resolvers, memory: DelegationMemory(), reachesIPv6: parts.reachesIPv6,
            at: clock.now(), monotonic: clock.monotonic())
        var memory = Memory()
        let question = Question(name: watch.domain, type: .soa, recordClass: .in)
        async let snapshot = parts.driver.gather(walk).snapshot
        async let registration = watch.watchesRegistration ? parts.registration.look(up: watch.domain) : nil
        let resolution = await resolution.resolve(question, memory: &memory, now: clock.now().seconds)
        var seen = await snapshot
        seen.registry = await registration?.view(at: clock.now())
        let findings = Checkup.findings(watch: watch, snapshot: seen, verifier: parts.verifier)
        return CheckReport(watch, snapshot: seen, findings: findings, resolution: resolution)
    }

    /// The configured watch of a domain, or what a domain gets that nothing is said about.
    private func watch(for name: Name) -> Watch {
        if let watch = settings.watches.first(where: { $0.domain == name }) { return watch }
        let domain = RegistrableDomain.of(name) ?? name
        return StandardWatch.watch(domain, names: name == domain ? [domain] : [domain, name])
    }
}
