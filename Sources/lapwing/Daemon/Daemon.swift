import AsyncHTTPClient
import CProcessMemory
import DNSSEC
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingNotify
import LapwingProbes
import LapwingStore
import LapwingWeb
import Logging
import ServiceLifecycle
import UnixSignals

/// The parts of the daemon, put together.
struct Daemon {
    /// How many there are at the start: to keep the list itself would cost as much as to watch it.
    private let domains: Int
    private let store: String
    private let log: Logger
    private let parts: NetworkParts
    private let http: HTTPClient
    private var services: [NamedService]

    /// Puts the parts together; `roots` is where the walk to a domain's servers begins, `path` is the file to read again.
    init(
        configuration: (settings: Settings, added: AddedDomainReader), path: String, network: NetworkOptions,
        roots: RootHints, resolution: ResolutionDriver, looks: PageLooks?, rootKeys: RootKeys?, log: Logger
    ) throws {
        process_memory_share_heaps()
        self.log = log
        let clock = EngineClock.system
        let store = try Store(path: configuration.settings.store)
        let register = try WatchRegister(
            configuration.settings, reader: configuration.added, store: store, now: clock.now, log: log)
        let settings = register.settings
        domains = settings.watches.count
        self.store = settings.store
        let status = EngineStatus()
        try status.restore(from: store, watches: settings.watches)
        let parts = try NetworkParts(
            roots: roots, timeout: network.timeout, tables: RegistryTables(settings, isLongRunning: true), clock: clock)
        self.parts = parts
        let engine = Engine(
            settings: settings, store: store, parts: Self.engineParts(parts, clock), status: status, log: log)
        var connections = HTTPClient.Configuration()
        // Whoever sends tries again by himself, and a probe tells at once that nobody is there.
        connections.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: connections)
        let courier = Courier(sender: HTTPSender(client: http), log: log, base: settings.web.externalURL)
        let deliverer = Deliverer(settings: settings, store: store, clock: clock, status: status, log: log) {
            await courier.deliver($0, over: $1, at: clock.now())
        }
        let means = ProbeMeans(driver: resolution, http: http, now: clock.now).means
        let prober = try settings.blackbox.map { try Prober(path: $0, means: means) }
        let reload = Reload(
            path: path, engine: engine, deliverer: deliverer, status: status, register: register, prober: prober,
            resolvers: network.resolvers, log: log)
        let web = try WebParts(
            settings: settings, store: store, status: status, clock: clock, watches: { register.domains },
            prober: prober, reload: { try await reload.orThrow() }, log: log
        ).server { sources in
            looks?.complete(&sources)
            sources.add = { name, options in
                try register.put(name, options: options)
                await reload.apply()
            }
            sources.remove = { name in
                try register.remove(name)
                await reload.apply()
            }
        }
        let keeper = try rootKeys?.keeper(parts, roots: roots, store: store, clock: clock, log: log)
        services = [
            NamedService("engine", engine), NamedService("deliverer", deliverer), NamedService("web", web),
            NamedService("signals", SignalService(reload: reload)), NamedService("footprint", Footprint()),
        ]
        services += keeper.map { [NamedService("root keys", $0)] } ?? []
    }

    private static func engineParts(_ parts: NetworkParts, _ clock: EngineClock) -> EngineParts {
        EngineParts(
            gather: { await parts.driver.gather($0, known: $1) },
            recheck: { await parts.driver.recheck($0, $1) },
            lookUp: { await parts.registration.look(up: $0)?.view(at: clock.now()) },
            registry: { parts.registration.server(for: $0) }, verifier: parts.verifier, clock: clock,
            reachesIPv6: parts.reachesIPv6)
    }

    /// Runs until a signal ends it.
    func run() async throws {
        log.notice(
            "lapwing is watching", metadata: ["domains": "\(domains)", "store": "\(store)"])
        let group = ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        try await group.run()
        try? await http.shutdown()
        await parts.shutdown()
    }
}
