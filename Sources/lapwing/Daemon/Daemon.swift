import AsyncHTTPClient
import DNSSEC
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
    private let settings: Settings
    private let log: Logger
    private let parts: NetworkParts
    private let http: HTTPClient
    private let services: [any Service]

    /// Puts the parts together; `roots` is where the walk to a domain's servers begins, `path` is the file to read again.
    init(
        settings: Settings, path: String, roots: RootHints, timeout: Double?, looks: PageLooks?, log: Logger
    ) throws {
        self.settings = settings
        self.log = log
        let clock = EngineClock.system
        let store = try Store(path: settings.store)
        let status = EngineStatus()
        let parts = try NetworkParts(roots: roots, timeout: timeout, tables: RegistryTables(settings), clock: clock)
        self.parts = parts
        let engine = Engine(
            settings: settings, store: store, parts: Self.engineParts(parts, clock), status: status, log: log)
        http = HTTPClient(eventLoopGroupProvider: .singleton)
        let courier = Courier(sender: HTTPSender(client: http), log: log, base: settings.web.externalURL)
        let deliverer = Deliverer(settings: settings, store: store, clock: clock, status: status, log: log) {
            await courier.deliver($0, over: $1, at: clock.now())
        }
        let register = WatchRegister(settings)
        let prober = try settings.blackbox.map { try Prober(path: $0) }
        let reload = Reload(
            path: path, engine: engine, deliverer: deliverer, status: status, register: register, prober: prober,
            log: log)
        let web = try WebParts(
            settings: settings, store: store, status: status, clock: clock, register: register, prober: prober,
            reload: { try await reload.orThrow() }, log: log
        ).server { looks?.complete(&$0) }
        services = [deliverer, engine, web, SignalService(reload: reload)]
    }

    private static func engineParts(_ parts: NetworkParts, _ clock: EngineClock) -> EngineParts {
        EngineParts(
            gather: { await parts.driver.gather($0) },
            lookUp: { await parts.registration.look(up: $0)?.view(at: clock.now()) },
            registry: { parts.registration.server(for: $0) }, verifier: parts.verifier, clock: clock,
            reachesIPv6: parts.reachesIPv6)
    }

    /// Runs until a signal ends it.
    func run() async throws {
        log.notice(
            "lapwing is watching", metadata: ["domains": "\(settings.watches.count)", "store": "\(settings.store)"])
        let group = ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        try await group.run()
        try? await http.shutdown()
        await parts.shutdown()
    }
}
