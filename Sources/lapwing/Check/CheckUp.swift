import DNSSEC
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingProbes

/// Makes check-ups: the first round that the daemon would make of a domain, with all rules.
struct CheckUp: Sendable {
    /// What check-ups go by.
    struct Terms: Sendable {
        var resolvers: [ResolverSpecification]
        /// How severe findings are for domains of which nothing is configured.
        var severities: SeverityPolicy
        /// The configured watch of a domain.
        var watch: @Sendable (Name) -> Watch?
    }

    let parts: NetworkParts
    /// What the registry says of a domain.
    var lookUp: @Sendable (Name) async -> RegistryView?
    /// Asked when a check-up begins, since a reload may have changed them.
    var terms: @Sendable () -> Terms
    /// Names in the domain that are looked at, whatever the configuration says; nil for its own, or those that the daemon takes
    /// when nothing is said.
    var names: [String]?
    /// What is taken for so in a dry run: then neither resolvers nor the registry are asked, which know nothing of it.
    private let supposed: Supposition?
    private let chain: ChainDriver
    private let clock: EngineClock

    /// - Parameters:
    ///   - rootKeys: the keys from which trust is derived, where they are followed through their rollovers.
    ///   - supposed: what is taken for so in a dry run.
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

    /// What a check-up saw, and what it came to.
    struct Sight: Sendable {
        var watch: Watch
        /// Nil where none came about.
        var round: JudgedRound?
        /// What a validating resolver of our own says; nil where it was not asked.
        var proof: Proof?
    }

    func run(_ name: Name) async -> CheckReport {
        let sight = await look(at: name)
        var report = CheckReport(sight.watch, sight.round, proof: sight.proof)
        if name != sight.watch.domain { report.asked = "\(name)" }
        return report
    }

    /// - Parameter isZone: the name is taken for a zone of its own, whatever is registrable.
    func look(at name: Name, isZone: Bool = false) async -> Sight {
        let terms = terms()
        let watch = watch(for: name, terms, isZone: isZone)
        // Where somebody else answers for the servers there is nothing to wait for.
        let roots = await parts.rootWatch.sight()
        async let round = look(watch, roots, supposed == nil ? terms.resolvers : [])
        let watched = watch.sets.map { Question(name: $0.name, type: $0.type) }
        let proof =
            roots.isIntercepted
            ? nil : await chain.verdict(on: watch.domain, besides: watched, now: clock.now().seconds)
        return Sight(watch: watch, round: await round, proof: proof)
    }

    /// The first round of a watch; the registry is not asked.
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

    /// What is looked at of a domain: what was asked for, its apex always, and `www` where nothing else was said.
    private func names(of domain: Name, asked: Name) -> [Name] {
        var all = [domain]
        func add(_ name: Name?) { if let name, name.isSubdomain(of: domain), !all.contains(name) { all.append(name) } }
        add(asked)
        if let names {
            for text in names where text != "@" { add(try? Name(text.hasSuffix(".") ? text : "\(text).\(domain)")) }
        } else if asked == domain, RegistrableDomain.of(domain) != nil {
            // Below a public suffix it would be somebody else's.
            add(try? domain.prepending(label: Array("www".utf8)))
        }
        return all
    }

    /// The configured watch of a domain, or what a domain gets that nothing is said about.
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

    /// What is in force in a daemon.
    init(_ register: WatchRegister) {
        self.init(resolvers: register.resolvers, severities: register.severities) { register.watch(of: $0.folded) }
    }
}
