import CProcessMemory
import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingNotify
import LapwingOutgoing
import LapwingProbes
import LapwingStore
import LapwingWeb
import Logging
import ServiceLifecycle
import UnixSignals

/// The assembled parts of the daemon.
struct Daemon {
    /// The number of domains at the start; retaining the list would take as much memory as watching does.
    private let domains: Int
    private let store: Store
    private let place: String
    private let page: String
    private let log: Logger
    private let parts: NetworkParts
    private let http: OutgoingClients
    private var services: [NamedService]

    /// Assembles the parts. A walk to a domain's servers starts at `roots`; `source` is read again by a reload.
    init(
        configuration: (settings: Settings, added: AddedDomainReader), sandbox: SandboxReport,
        source: SettingsFile.Source,
        network: NetworkOptions,
        roots: RootHints, resolution: ResolutionDriver, looks: (WatchRegister) -> PageLooks, rootKeys: RootKeys?,
        log: Logger, logControl: LogControl
    ) throws {
        process_memory_share_heaps()
        self.log = log
        let clock = EngineClock.system
        if let file = StoreLocation(configuration.settings.store).path { StoreFile.protect(file) }
        let role = configuration.settings.worker.map { name in
            Store.Role.worker(
                WorkerName(
                    name.isEmpty ? ProcessInfo.processInfo.hostName : name, version: Version.text,
                    vantage: configuration.settings.vantage))
        }
        let store = try Store(path: configuration.settings.store, role: role ?? .keeper) { news in
            log.note(news)
            // Its knowledge is outdated, so nothing may be written or sent any more.
            if case .superseded = news { _exit(1) }
        }
        // A daemon that has the store open has the port too. The message about the store comes first, since it names
        // the process.
        let listen = configuration.settings.listen
        try ListenerProbe.require(host: listen.host, port: listen.port, option: "listen in \(source.path)")
        if let place = configuration.settings.notifications?.listen {
            try ListenerProbe.require(host: place.host, port: place.port, option: "notify.listen in \(source.path)")
        }
        let sources = DeclaredSources(
            configuration.settings.watches, beside: source.path, further: configuration.added.declaration)
        for fault in sources.faults { log.error("declared records cannot be read", metadata: ["fault": "\(fault)"]) }
        let register = try WatchRegister(
            configuration.settings, reader: configuration.added, sources: sources, store: store, now: clock.now,
            log: log)
        let settings = register.settings
        domains = settings.watches.count
        self.store = store
        place = StoreLocation(settings.store).visible
        page = settings.pageURL
        let status = EngineStatus()
        let event = store.isShared ? try store.lastEvent() : 0
        try status.restore(from: store, watches: settings.watches)
        let parts = try NetworkParts(
            roots: roots, timeout: network.timeout, tables: RegistryTables(settings, isLongRunning: true),
            unasked: network.unasked(settings), clock: clock, budgets: QuestionBudgets(settings),
            key: { register.key($0) })
        self.parts = parts
        let engineParts = Self.engineParts(parts, clock)
        let engine = Engine(settings: settings, store: store, parts: engineParts, status: status, log: log)
        http = OutgoingClients(through: settings.proxy.map { OutgoingProxy($0) })
        let reports = RegisteredReports(register: register, store: store, clock: clock, log: log)
        let attachments = reports.attachments
        let courier = Courier(
            sender: HTTPSender(clients: http), log: log, base: settings.pageURL,
            host: ProcessInfo.processInfo.hostName, attachments: attachments)
        let fresh = (0..<32).map { _ in UInt8.random(in: 0...255) }
        // If the store is not writable, links are valid only as long as this process runs.
        let key = (try? store.linkKey { fresh }) ?? fresh
        let seal = LinkSeal { hmacSHA256(key: key, $0) }
        let deliverer = Deliverer(
            settings: settings, store: store, clock: clock, status: status, log: log, seal: seal
        ) {
            await courier.deliver($0, over: $1, at: clock.now())
        }
        let health = HealthKeeper(settings: settings, store: store, clock: clock, status: status, log: log)
        let means = ProbeMeans(driver: resolution, now: clock.now).means
        let prober = try settings.blackbox.map { try Prober(path: $0, settings: settings.probe, means: means) }
        let people = People(store, now: clock.now)
        let access = AccessControl(try Access(WebConfiguration(settings), people: people), log: log)
        let supervisor = Supervisor(environment: ProcessInfo.processInfo.environment, log: log)
        let reload = Reload(
            source: source, settings: configuration.settings,
            parts: Reload.Parts(
                engine: engine, deliverer: deliverer, health: health, status: status, register: register,
                prober: prober, client: parts.client,
                access: access, people: people, store: store, log: logControl), resolvers: network.resolvers,
            supervisor: supervisor, log: log)
        var web = WebParts(
            settings: settings, store: store, status: status, clock: clock, watches: { register.domains },
            watched: { register.watched($0.folded) },
            held: { parts.client.held }, prober: prober, access: access, mostSeries: { register.metricsDomains },
            reload: { try await reload.orThrow(by: $0) }, log: log
        ).server { sources in
            looks(register).complete(&sources)
            sources.channels = ChannelDesk(register, courier, clock)
            sources.compares = { register.compares($0) }
            sources.region = { register.region(of: $0) }
            sources.seal = seal
            sources.clients = { register.clients }
            sources.reports = { register.reports }
            sources.sandbox = sandbox
            sources.clock = { LocalClock.zone($0) }
            sources.add = { name, options, person in
                try register.put(name, options: options, by: person)
                await reload.apply(name)
            }
            sources.addMany = { entries, person in
                try register.put(entries, by: person)
                await reload.apply()
            }
            sources.plan = { register.plan($0, tags: $1) }
            sources.remove = { name, person in
                try register.remove(name, by: person)
                await reload.apply(name)
            }
        }
        let listener = settings.listen
        web.onListening = { supervisor?.tell(.ready("listening on \(listener.host):\(listener.port)")) }
        let sender = HTTPSender(clients: http)
        let heartbeat = Heartbeat(
            store: store, clock: clock, status: status, log: log, settings: { register.heartbeat },
            late: { register.late(status, at: clock.steady()) }, send: { await sender.get($0) })
        let keeper = try rootKeys?.keeper(parts, roots: roots, store: store, clock: clock, log: log)
        let retention = try Retention(store: store, clock: clock, log: log) { register.keepsHistoryFor }
        services = [
            NamedService("retention", retention), NamedService("engine", engine), NamedService("deliverer", deliverer),
            NamedService("health", health), NamedService("web", web), NamedService("heartbeat", heartbeat),
            NamedService("signals", SignalService(reload: reload)),
            NamedService(
                "configuration", ConfigurationFollower(source: source, reload: reload) { register.reloadsByItself }),
            NamedService("declared records", SourceFollower(reload: reload) { register.sources }),
            NamedService("footprint", Footprint()),
            NamedService("reports", ReportPost(reports, seal, attachments)),
        ]
        if store.isShared {
            services += [
                NamedService(
                    "shares",
                    ShareFollower(
                        store: store, clock: clock, log: log, engine: engine, deliverer: deliverer, health: health,
                        apply: { await reload.apply() }, readAdded: { try register.readAgain() })),
                NamedService(
                    "looks",
                    LookExchange(
                        store: store, clock: clock, status: status, log: log, event: event,
                        watch: { register.watch(of: $0) })),
                NamedService(
                    "places",
                    PlaceLooker(store: store, parts: engineParts, status: status, log: log, engine: engine) {
                        register.settings
                    }),
            ]
        }
        if let notifications = settings.notifications {
            let desk = NotificationDesk(register: register, engine: engine, status: status, clock: clock, log: log)
            services.append(NamedService("notifications", desk.service(at: notifications.listen)))
        }
        services += keeper.map { [NamedService("root keys", $0)] } ?? []
        if let supervisor {
            services.append(NamedService("signs of life", SignsOfLife(supervisor: supervisor, status: status)))
        }
    }

    private static func engineParts(_ parts: NetworkParts, _ clock: EngineClock) -> EngineParts {
        EngineParts(
            gather: { await parts.driver.gather($0, known: $1) },
            recheck: { await parts.driver.recheck($0, $1) },
            lookUp: { await parts.registration.look(up: $0)?.view(at: clock.now()) },
            registry: { parts.registration.server(for: $0) }, verifier: parts.verifier, clock: clock,
            reachesIPv6: parts.reachesIPv6, zones: parts.zones)
    }

    /// Runs until a signal ends it.
    func run() async throws {
        log.notice(
            "lapwing is watching", metadata: ["domains": "\(domains)", "store": "\(place)", "page": "\(page)"])
        let group = ServiceGroup(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        defer { store.letGo() }
        try await group.run()
        try? await http.shutdown()
        await parts.shutdown()
    }
}
