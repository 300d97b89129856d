import ArgumentParser
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingProbes

/// Estimates the cost of a configuration on this machine before anything is asked.
struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Estimates the cost of watching: questions, CPU, memory, store, traffic.",
        discussion: """
            Sends no queries. The figures were measured elsewhere, and are scaled by a short benchmark of this machine. \
            Exit code 0 if the machine is fast enough, 1 if rounds would be late or a registry cannot be asked as often \
            as it should be.

            Examples:
              lapwing plan
              lapwing plan --domains 1000000 --interval 15m
            """)

    @Option(
        name: [.customLong("config"), .customLong("config.file")],
        help: "The configuration; lapwing.yml if there is one.")
    var config: String?

    @Option(help: "Assume this many domains like those in the configuration, 1 to 10000000.")
    var domains: Int?

    @Option(help: "Assume this interval for every domain, such as 5m or 15m.", transform: Self.interval)
    var interval: Int64?

    @Option(help: "Assume this many addresses of name servers per domain, 1 to 16.")
    var servers = 2

    @Option(help: "Cores to assume, instead of those of this machine.")
    var cores: Int?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let domains, !(1...10_000_000).contains(domains) {
            throw ValidationError("--domains takes 1 to 10000000")
        }
        guard (1...16).contains(servers) else { throw ValidationError("--servers takes 1 to 16") }
        if let cores, !(1...1024).contains(cores) { throw ValidationError("--cores takes 1 to 1024") }
    }

    func run() throws {
        let settings = try SettingsFile.readAll(SettingsFile.Source(config)).settings
        var watches = settings.watches
        guard domains != nil || !watches.isEmpty else {
            throw ValidationError("no domain is configured: say how many there will be with --domains")
        }
        if watches.isEmpty { watches = [StandardWatch.watch(try Name("example.com"))] }
        if let interval { for index in watches.indices { watches[index].interval = interval } }
        var load = WatchLoad(resolvers: settings.resolvers.count, authorities: servers)
        let count = domains ?? watches.count
        for number in 0..<count { load.add(watches[number % watches.count]) }
        let report = PlanReport(
            load, speed: MachineSpeed.factor(), cores: cores ?? ProcessInfo.processInfo.activeProcessorCount,
            budgets: (
                settings.budgets.inAll, settings.resolvers.compactMap { settings.askingRate($0.server.address) }.min()
            ),
            registries: try registries(watches, settings, times: Double(count) / Double(watches.count)))
        switch output.format {
        case .json, .jsonl: try JSONOutput.print(report)
        default: print(report.text)
        }
        throw ExitCode(report.fits ? 0 : 1)
    }

    private func registries(
        _ watches: [Watch], _ settings: Settings, times: Double
    ) throws -> [PlanReport.Registry] {
        let lookup = RegistrationLookup(configuration: try RegistryTables(settings).configuration())
        var counts: [String: Int] = [:]
        for watch in watches where watch.watchesRegistration {
            if let server = lookup.server(for: watch.domain) { counts[server, default: 0] += 1 }
        }
        return counts.map { server, count in
            let domains = Int((Double(count) * times).rounded())
            let perDay = settings.registrationBudgets[server] ?? RegistrationPace.Budget.standard.perDay
            return PlanReport.Registry(
                server: server, domains: domains, perDay: perDay, days: Double(domains) / Double(perDay),
                isDaily: domains <= perDay)
        }
        .sorted { ($1.days, $0.server) < ($0.days, $1.server) }
    }

    private static func interval(_ text: String) throws -> Int64 {
        guard let seconds = DurationText.seconds(text), (10...86_400).contains(seconds) else {
            throw ValidationError("--interval takes 10s to 24h")
        }
        return seconds
    }
}
