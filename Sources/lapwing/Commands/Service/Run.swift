import ArgumentParser
import DNSClient
import DNSSEC
import LapwingConfig
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingProbes
import LapwingWeb
import Logging

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "The daemon: watches the configured domains until it is stopped.",
        discussion: """
            SIGTERM and SIGINT stop it, SIGHUP reads the configuration again. Without a configuration it starts with the \
            defaults: domains are added on its page; alerts need lapwing.yml, which `lapwing init` writes.
            """)

    @Option(
        name: [.customLong("config"), .customLong("config.file")],
        help: "The configuration; lapwing.yml if there is one.")
    var config: String?

    @Option(
        name: [.customLong("log-level"), .customLong("log.level")],
        help: "debug, info, notice, warning or error; for parts of the program as in notice,engine=debug.")
    var logLevel: LogLevels?

    @Option(
        name: [.customLong("log-format"), .customLong("log.format")],
        help: "text, json or journal; default: journal if standard error is connected to it, otherwise text.")
    var logFormat: LogTerms.Format?

    @Flag(help: "Drop no privileges: programs of channels may write anywhere and gain privileges (docs/operations.md).")
    var noSandbox = false

    @OptionGroup var network: NetworkOptions

    func run() async throws {
        try await run(try begin())
    }

    /// The data that is read before any further thread starts.
    struct Beginning {
        var source: SettingsFile.Source
        var settings: Settings
        var added: AddedDomainReader
        var sandbox: SandboxReport
    }

    /// Reads the configuration and enters the sandbox. Must be called on the main thread before other threads start.
    func begin() throws -> Beginning {
        DescriptorLimit.raise()
        let source = SettingsFile.Source(config)
        var (settings, added) = try SettingsFile.readAll(source)
        if noSandbox { settings.sandbox.isOn = false }
        let sandbox = Sandbox.enter(settings)
        return Beginning(source: source, settings: settings, added: added, sandbox: sandbox)
    }

    func run(_ beginning: Beginning) async throws {
        try await daemon(beginning).run()
    }

    private func daemon(_ beginning: Beginning) throws -> Daemon {
        let source = beginning.source
        var settings = beginning.settings
        try ConfigurationCheck.require(settings, network: network)
        if !network.resolvers.isEmpty { settings.resolvers = network.resolvers }
        let logControl = LogControl(settings.log) { [logLevel, logFormat] terms in
            if let logLevel { (terms.level, terms.areas) = (logLevel.terms.level, logLevel.terms.areas) }
            terms.format = logFormat ?? terms.format
        }
        LoggingSystem.bootstrap { _ in LogOutput(logControl) }
        let log = Logger(label: "lapwing")
        beginning.sandbox.note(log)
        if source.isMissing {
            log.notice(
                "there is no configuration: the defaults apply",
                metadata: ["page": "\(settings.pageURL)", "file": "\(source.path)"])
        }
        var network = network
        network.rootHints = network.rootHints ?? settings.rootHints
        network.trustAnchor = network.trustAnchor ?? settings.trustAnchor
        let resolver = try network.resolverSettings()
        // A configured trust anchor stays fixed; the built-in one follows the rollovers of the root.
        let rootKeys = network.trustAnchor == nil ? RootKeys() : nil
        let checkUp = try CheckUp(settings: settings, network: network, rootKeys: rootKeys)
        let exchange = ResolutionDriver.exchange(
            over: checkUp.parts.client, patience: network.patience, unasked: network.unasked(settings))
        let chain = ChainDriver(
            settings: rootKeys?.current(resolver) ?? resolver, verifier: LibcryptoVerifier(), exchange: exchange)
        let resolution = ResolutionDriver(
            following: { rootKeys?.current(resolver) ?? resolver }, verifier: LibcryptoVerifier(), exchange: exchange)
        return try Daemon(
            configuration: (settings, beginning.added), sandbox: beginning.sandbox, source: source, network: network,
            roots: resolver.roots,
            resolution: resolution,
            looks: { register in
                var checkUp = checkUp
                checkUp.terms = { CheckUp.Terms(register) }
                let checkUps = WebCheckUps(checkUp, now: EngineClock.system.now)
                return PageLooks(
                    checkUp: { await checkUps.run($0, isStranger: $1) },
                    survey: { await chain.survey($0, now: EngineClock.system.now().seconds, limit: .seconds(3)) },
                    now: EngineClock.system.now)
            }, rootKeys: rootKeys, log: log, logControl: logControl)
    }
}

/// The log levels of the daemon.
struct LogLevels: ExpressibleByArgument {
    let terms: LogTerms

    init?(argument: String) {
        var terms = LogTerms()
        guard (try? terms.take(levels: argument)) != nil else { return nil }
        self.terms = terms
    }
}

extension LogTerms.Format: ExpressibleByArgument {}
