import DNSSEC
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingProbes

/// Runs check-ups: the first round that the daemon would make of a domain, with all rules.
struct CheckUp: Sendable {
    /// The settings of check-ups.
    struct Terms: Sendable {
        var resolvers: [ResolverSpecification]
        /// The severities of findings for domains without a configuration.
        var severities: SeverityPolicy
        /// The configured watch of a domain.
        var watch: @Sendable (Name) -> Watch?
    }

    let parts: NetworkParts
    /// Looks up the registration of a domain.
    var lookUp: @Sendable (Name) async -> RegistryView?
    /// Read at the start of each check-up, since a reload may have changed the settings.
    var terms: @Sendable () -> Terms
    /// Names in the domain to check instead of the configured ones; nil for these, or for the defaults of the daemon.
    var names: [String]?
    /// The supposition of a dry run. Resolvers and the registry are not asked then, since they do not know it.
    private let supposed: Supposition?
    private let chain: ChainDriver
    private let clock: EngineClock

    /// - Parameters:
    ///   - rootKeys: the trusted root keys, if their rollovers are followed.
    ///   - supposed: the supposition of a dry run.
    init(
        settings: Settings, network: NetworkOptions, rootKeys: RootKeys? = nil, supposing supposed: Supposition? = nil
    ) throws {
        var clock = EngineClock.system
        if let moment = network.at { clock.now = { moment } }
        var settingsOfWalks = try network.resolverSettings()
        settingsOfWalks.supposed = supposed?.delegation
        let roots = settingsOfWalks
        let unasked = network.unasked(settings).filter { block in !(supposed?.leads(into: block) ?? false) }
        parts = try NetworkParts(
            roots: roots.roots, timeout: network.timeout, tables: RegistryTables(settings), unasked: unasked,
            clock: clock, supposing: supposed)
        let exchange = ResolutionDriver.exchange(over: parts.client, unasked: unasked)
        chain = ChainDriver(
            settings: rootKeys?.current(roots) ?? roots, verifier: parts.verifier,
            exchange: supposed?.over(exchange) ?? exchange)
        self.supposed = supposed
        terms = { Terms(settings) }
        self.clock = clock
        let (registration, now) = (parts.registration, clock.now)
        lookUp = { await registration.look(up: $0)?.view(at: now()) }
    }

    /// The observations of a check-up, and its verdict.
    struct Sight: Sendable {
        var watch: Watch
        /// Nil if no round was completed.
        var round: JudgedRound?
        /// The result of the built-in validating resolver; nil if it was not asked.
        var proof: Proof?
    }

    func run(_ name: Name) async -> CheckReport {
        let sight = await look(at: name)
        var report = CheckReport(sight.watch, sight.round, proof: sight.proof)
        if name != sight.watch.domain { report.asked = "\(name)" }
        return report
    }

    /// - Parameter isZone: whether the name is checked as a zone of its own, even if it is not registrable.
    func look(at name: Name, isZone: Bool = false) async -> Sight {
        let terms = terms()
        let watch = watch(for: name, terms, isZone: isZone)
        // If the network intercepts DNS, there is no point in waiting for answers.
        let roots = await parts.rootWatch.sight()
        async let round = look(watch, roots, supposed == nil ? terms.resolvers : [])
        let watched = watch.sets.map { Question(name: $0.name, type: $0.type) }
        let proof =
            roots.isIntercepted
            ? nil : await chain.verdict(on: watch.domain, besides: watched, now: clock.now().seconds)
        return Sight(watch: watch, round: await round, proof: proof)
    }

    /// Runs the first round of a watch; the registry is not asked.
    func round(of watch: Watch) async -> JudgedRound? {
        var watch = watch
        watch.watchesRegistration = false
        return await look(watch, await parts.rootWatch.sight(), terms().resolvers)
    }

    private func look(
        _ watch: Watch, _ roots: RootSight, _ resolvers: [ResolverSpecification]
    ) async -> JudgedRound? {
        await FirstRound(
            watch: watch, resolvers: resolvers, reachesIPv6: parts.reachesIPv6 || supposed?.contents != nil,
            verifier: parts.verifier,
            now: { [clock] in (clock.now(), clock.monotonic()) },
            gather: { await gather($0, watch, roots) }, zones: parts.zones
        ).make()
    }

    private func gather(
        _ walk: RoundWalk, _ watch: Watch, _ roots: RootSight
    ) async -> (snapshot: Snapshot, registration: RegistryView?) {
        guard !roots.isIntercepted else { return (walk.broken(off: roots), nil) }
        async let snapshot = parts.driver.gather(walk, supposing: supposed).snapshot
        let registration = watch.watchesRegistration && supposed == nil ? await lookUp(watch.domain) : nil
        return (await snapshot, registration)
    }

    /// Returns the names to check of a domain: the requested ones, always the apex, and `www` by default.
    private func names(of domain: Name, asked: Name) -> [Name] {
        var all = [domain]
        func add(_ name: Name?) { if let name, name.isSubdomain(of: domain), !all.contains(name) { all.append(name) } }
        add(asked)
        if let names {
            for text in names where text != "@" { add(try? Name(text.hasSuffix(".") ? text : "\(text).\(domain)")) }
        } else if asked == domain, RegistrableDomain.of(domain) != nil {
            // Below a public suffix `www` would belong to another registrant.
            add(try? domain.prepending(label: Array("www".utf8)))
        }
        return all
    }

    /// Returns the configured watch of a domain, or the default one.
    private func watch(for name: Name, _ terms: Terms, isZone: Bool) -> Watch {
        if names == nil, let watch = terms.watch(name) { return watch }
        let domain = isZone ? name : RegistrableDomain.of(name) ?? name
        var watch = StandardWatch.watch(domain, names: names(of: domain, asked: name))
        watch.severities = terms.severities
        return watch
    }
}

extension CheckUp.Terms {
    init(_ settings: Settings) {
        self.init(resolvers: settings.resolvers, severities: settings.severities) { name in
            settings.watches.first { $0.domain == name }
        }
    }

    /// The settings in force in a daemon.
    init(_ register: WatchRegister) {
        self.init(resolvers: register.resolvers, severities: register.severities) { register.watch(of: $0.folded) }
    }
}
