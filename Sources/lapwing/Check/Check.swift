import ArgumentParser
import DNSSEC
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingProbes

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "One full check-up, now: records, delegation, TTL, DNSSEC, resolvers, registration.",
        discussion: "Exit code 0 is ok, 1 warning, 2 critical, 3 unknown.")

    @Argument(
        help: "Domains, or names in them.", transform: DomainArgument.entered)
    var names: [DomainArgument]

    @Flag(help: "A public suffix such as co.uk is meant.")
    var suffix = false

    @Option(
        name: [.customLong("config"), .customLong("config.file")], help: "Take watches and resolvers from this file.")
    var config: String?

    @OptionGroup var network: NetworkOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { try DomainArgument.requireDomains(names, meansSuffixes: suffix, option: "--suffix") }

    func run() async throws {
        var settings = Settings()
        settings.resolvers = SettingsReader.defaultResolvers
        if let config { settings = try SettingsFile.read(config) }
        if !network.resolvers.isEmpty { settings.resolvers = network.resolvers }
        var network = network
        network.rootHints = network.rootHints ?? settings.rootHints
        network.trustAnchor = network.trustAnchor ?? settings.trustAnchor
        let checkup = try CheckUp(settings: settings, network: network)
        var worst: Int32 = 0
        for argument in names {
            let report = await checkup.run(argument.name)
            try show(report)
            worst = Self.worse(worst, report.status.exitCode)
        }
        await checkup.parts.shutdown()
        throw ExitCode(worst)
    }

    private func show(_ report: CheckReport) throws {
        switch output.format {
        case .json: try JSONOutput.print(report)
        case .jsonl: try JSONOutput.print(line: report)
        case .nagios: print(report.nagios)
        case .table, .plain: print(report.text(color: output.usesColor))
        }
    }

    /// Critical is worse than unknown, unknown worse than a warning.
    private static func worse(_ one: Int32, _ other: Int32) -> Int32 {
        let rank: [Int32: Int] = [0: 0, 1: 1, 3: 2, 2: 3]
        return (rank[one] ?? 0) >= (rank[other] ?? 0) ? one : other
    }
}
