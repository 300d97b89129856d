import ArgumentParser
import AsyncHTTPClient
import DNSClient
import DNSSEC
import LapwingCore
import LapwingEngine
import LapwingNotify
import LapwingProbes
import LapwingStore
import Logging
import ServiceLifecycle
import UnixSignals

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The daemon: watches the configured domains until it is told to stop.",
        discussion: "SIGTERM and SIGINT stop it, SIGHUP reads the configuration again.")

    @Option(name: [.customLong("config"), .customLong("config.file")], help: "The configuration.")
    var config = SettingsFile.defaultPath

    @Option(name: [.customLong("log-level"), .customLong("log.level")], help: "debug, info, notice, warning or error.")
    var logLevel = LogLevel.notice

    @OptionGroup var network: NetworkOptions

    func run() async throws {
        var settings = try SettingsFile.read(config)
        if !network.resolvers.isEmpty { settings.resolvers = network.resolvers }
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var log = Logger(label: "lapwing")
        log.logLevel = logLevel.level

        let store = try Store(path: settings.store)
        let status = EngineStatus()
        let clock = EngineClock.system
        var network = network
        network.rootHints = network.rootHints ?? settings.rootHints
        network.trustAnchor = network.trustAnchor ?? settings.trustAnchor
        let parts = try NetworkParts(
            roots: network.resolverSettings().roots, timeout: network.timeout, tables: RegistryTables(settings),
            clock: clock)
        let engine = Engine(
            settings: settings, store: store,
            parts: EngineParts(
                gather: { await parts.driver.gather($0) },
                lookUp: { await parts.registration.look(up: $0)?.view(at: clock.now()) },
                registry: { parts.registration.server(for: $0) }, verifier: parts.verifier, clock: clock,
                reachesIPv6: parts.reachesIPv6),
            status: status, log: log)
        let http = HTTPClient(eventLoopGroupProvider: .singleton)
        let courier = Courier(sender: HTTPSender(client: http), log: log, base: settings.web.externalURL)
        let deliverer = Deliverer(settings: settings, store: store, clock: clock, status: status, log: log) {
            await courier.deliver($0, over: $1, at: clock.now())
        }
        let register = WatchRegister(settings)
        let prober = try settings.blackbox.map { try Prober(path: $0) }
        let reload = Reload(
            path: config, engine: engine, deliverer: deliverer, status: status, register: register, prober: prober,
            log: log)
        let web = try WebParts(
            settings: settings, store: store, status: status, clock: clock, register: register, prober: prober,
            reload: { if let fault = await reload() { throw Reload.Failure(description: fault) } }, log: log
        ).server()
        log.notice(
            "lapwing is watching", metadata: ["domains": "\(settings.watches.count)", "store": "\(settings.store)"])
        let group = ServiceGroup(
            services: [deliverer, engine, web, SignalService(reload: reload)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        try await group.run()
        try? await http.shutdown()
        await parts.shutdown()
    }
}

/// How much the daemon says.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case debug, info, notice, warning, error

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .notice }
}
