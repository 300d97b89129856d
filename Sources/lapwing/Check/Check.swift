import ArgumentParser
import DNSSEC
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingProbes

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "One full check-up, now: records, delegation, TTL, DNSSEC, resolvers, registration.",
        discussion: """
            Exit code 0 is ok, 1 warning, 2 critical, 3 unknown. Several domains are checked side by side and shown in the \
            order in which they are given.

            With --with-ns, --with-ds or --with-zone it is a dry run: the domain is judged as if these data were in place, \
            and compared with today. Nothing is changed, learnt or reported.

            Examples:
              lapwing check example.com
              lapwing check example.com --names @,www,portal
              lapwing check example.com example.org --output jsonl
              lapwing check example.com --with-ns ns1.new.example --with-ns ns2.new.example
              lapwing check example.com --with-ds "12345 13 2 9F86D0..." --with-zone example.com.zone
            """)

    @Argument(
        help: "Domains, or names in them.", transform: DomainArgument.entered)
    var names: [DomainArgument]

    @Option(
        name: .customLong("names"),
        help: "Names in the domain to check, such as @,www,portal; @ is the domain itself. Default: @ and www.",
        transform: Self.namesInDomain)
    var namesInside: [String]?

    @Flag(help: "The name is intentionally a public suffix such as co.uk.")
    var suffix = false

    @Option(
        name: [.customLong("config"), .customLong("config.file")], help: "Take watches and resolvers from this file.")
    var config: String?

    @OptionGroup(title: "Dry run") var supposed: SupposedOptions
    @OptionGroup var network: NetworkOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try DomainArgument.requireDomains(names, meansSuffixes: suffix, option: "--suffix")
        guard supposed.isEmpty || names.count == 1 else {
            throw ValidationError("a dry run (--with-ns, --with-ds, --with-zone) is of one domain")
        }
    }

    func run() async throws {
        let request = try supposed.isEmpty ? nil : names.first.map { try supposed.request(for: $0.name) }
        var settings = Settings()
        settings.resolvers = SettingsReader.defaultResolvers
        if let config {
            settings = try SettingsFile.read(config)
            DeclaredSources(settings.watches, beside: config).fill(&settings.watches)
        }
        if !network.resolvers.isEmpty { settings.resolvers = network.resolvers }
        var network = network
        network.rootHints = network.rootHints ?? settings.rootHints
        network.trustAnchor = network.trustAnchor ?? settings.trustAnchor
        var checkup = try CheckUp(settings: settings, network: network)
        checkup.names = namesInside
        let today = checkup
        let worst: Int32
        if let request {
            let run = DryRun(request: request, today: today) { [settings, network] in
                try CheckUp(settings: settings, network: network, supposing: $0)
            }
            worst = try await checkAll { _ in try await run.report() }
        } else {
            worst = try await checkAll { await today.run($0) }
        }
        await today.parts.shutdown()
        throw ExitCode(worst)
    }

    /// Concurrent check-ups; each asks some dozens of servers.
    private static let atOnce = 6

    /// Checks all names and prints each report once the reports before it are printed. Returns the worst exit code.
    private func checkAll(_ check: @escaping @Sendable (Name) async throws -> CheckReport) async throws -> Int32 {
        let progress = CheckProgress(names.map { "\($0.name)".withoutFinalDot })
        let ticking = Task { await progress.run() }
        defer { ticking.cancel() }
        var worst: Int32 = 0
        try await withThrowingTaskGroup(of: (Int, CheckReport).self) { group in
            var next = 0
            func begin() {
                guard next < names.count else { return }
                let (place, name) = (next, names[next].name)
                next += 1
                group.addTask { (place, try await check(name)) }
            }
            for _ in 0..<Self.atOnce { begin() }
            var waiting: [Int: CheckReport] = [:]
            var shown = 0
            for try await (place, report) in group {
                begin()
                waiting[place] = report
                progress.done(place)
                while let report = waiting.removeValue(forKey: shown) {
                    progress.clear()
                    if shown > 0, !isForPrograms { print("") }
                    try show(report)
                    worst = Self.worse(worst, Int32(report.status.code))
                    shown += 1
                }
            }
        }
        progress.clear()
        return worst
    }

    private var isForPrograms: Bool { ![.table, .plain].contains(output.format) }

    private static func namesInDomain(_ text: String) throws -> [String] {
        let names = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        for name in names where name != "@" {
            guard (try? Name("\(name).")) != nil || (try? Name(name)) != nil else {
                throw ValidationError("`\(name)` is no name in a domain; write @,www,portal")
            }
        }
        guard !names.isEmpty else { throw ValidationError("--names wants names, such as @,www") }
        return names
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
