import ArgumentParser
import DNSClient
import DNSSEC
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingProbes
import Logging

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "The daemon: watches the configured domains until it is told to stop.",
        discussion: "SIGTERM and SIGINT stop it, SIGHUP reads the configuration again.")

    @Option(name: [.customLong("config"), .customLong("config.file")], help: "The configuration.")
    var config = SettingsFile.defaultPath

    @Option(name: [.customLong("log-level"), .customLong("log.level")], help: "debug, info, notice, warning or error.")
    var logLevel = LogLevel.notice

    @OptionGroup var network: NetworkOptions

    func run() async throws {
        try await daemon().run()
    }

    private func daemon() throws -> Daemon {
        var (settings, added) = try SettingsFile.readAll(config)
        if !network.resolvers.isEmpty { settings.resolvers = network.resolvers }
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var log = Logger(label: "lapwing")
        log.logLevel = logLevel.level
        var network = network
        network.rootHints = network.rootHints ?? settings.rootHints
        network.trustAnchor = network.trustAnchor ?? settings.trustAnchor
        let resolver = try network.resolverSettings()
        let checkUp = try CheckUp(settings: settings, network: network)
        // A configured anchor stays as it is; the built-in one follows the root's rollovers.
        let rootKeys = network.trustAnchor == nil ? RootKeys() : nil
        let exchange = ResolutionDriver.exchange(over: checkUp.parts.client, patience: network.patience)
        let chain = ChainDriver(
            settings: rootKeys?.current(resolver) ?? resolver, verifier: LibcryptoVerifier(), exchange: exchange)
        let resolution = ResolutionDriver(settings: resolver, verifier: LibcryptoVerifier(), exchange: exchange)
        return try Daemon(
            configuration: (settings, added), path: config, network: network, roots: resolver.roots,
            resolution: resolution,
            looks: PageLooks(
                checkUp: { await checkUp.run($0) },
                survey: { await chain.survey($0, now: EngineClock.system.now().seconds, limit: .seconds(3)) },
                now: EngineClock.system.now), rootKeys: rootKeys, log: log)
    }
}

/// How much the daemon says.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case debug, info, notice, warning, error

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .notice }
}
