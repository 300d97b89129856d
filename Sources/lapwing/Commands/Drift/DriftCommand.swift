import ArgumentParser
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore

/// Compares declared records with the records that are served now.
struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Compares the declared records with those that are served now.",
        discussion: """
            Records are declared by `declared` and `expect` in the configuration, or by the zone files, the folder of \
            octoDNS, the output of dnscontrol print-ir or the state of Terraform given by --from. Each difference is shown \
            with its place and the change in the source's own form.

            Exit code 0: done. With --exit-code (and --output nagios) 1: something differs. 3: some record sets are unknown \
            because servers do not answer; a known difference takes precedence. 78: the declared records cannot be read. \
            Other values at resolvers only are shown, but are no difference: they may come from caches.

            Examples:
              lapwing drift
              lapwing drift example.org --exit-code
              lapwing drift --from zones/ example.org
              terraform show -json | lapwing drift --from - --json
            """)

    @Argument(help: "Domains; default: all with declared records.", transform: DomainArgument.entered)
    var names: [DomainArgument] = []

    @Option(
        name: [.customLong("config"), .customLong("config.file")], help: "Take watches and resolvers from this file.")
    var config: String?

    @Option(help: "A file or folder that declares records, or - for standard input.")
    var from: String?

    @Flag(help: "Exit with 1 when something differs.")
    var exitCode = false

    @OptionGroup var network: NetworkOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (settings, watches, faults) = try declared()
        var network = network
        network.rootHints = network.rootHints ?? settings.rootHints
        network.trustAnchor = network.trustAnchor ?? settings.trustAnchor
        let checkup = try CheckUp(settings: settings, network: network)
        let reports = try await compare(watches, checkup)
        await checkup.parts.shutdown()
        let summary = DriftSummary(domains: reports, isStrict: exitCode || output.format == .nagios)
        switch output.format {
        case .json: try JSONOutput.print(summary)
        case .jsonl: for report in reports { try JSONOutput.print(line: report) }
        case .nagios: print(summary.nagios)
        case .table, .plain: print(reports.map { $0.text(color: output.usesColor) }.joined(separator: "\n"))
        }
        if !faults.isEmpty { throw ExitCode.badConfiguration }
        if summary.code != 0 { throw ExitCode(summary.code) }
    }

    /// Returns the requested domains with their declarations.
    private func declared() throws -> (settings: Settings, watches: [Watch], faults: [String]) {
        var settings = Settings()
        settings.resolvers = SettingsReader.defaultResolvers
        let source = SettingsFile.Source(config)
        if from == nil || config != nil { settings = try SettingsFile.readAll(source).settings }
        if !network.resolvers.isEmpty { settings.resolvers = network.resolvers }
        let sources: DeclaredSources
        if let from {
            settings.watches = try watches(of: from, settings)
            sources = DeclaredSources(settings.watches, beside: "", further: Declaration(sources: [from], isOwn: false))
            if names.isEmpty {
                settings.watches = sources.domains.map { domain in
                    Self.watch(domain, from, among: settings.watches)
                }
            }
        } else {
            sources = DeclaredSources(settings.watches, beside: source.path)
        }
        sources.fill(&settings.watches)
        for fault in sources.faults { StandardError.print(fault) }
        var faults = sources.faults
        let watches = try chosen(settings)
        for watch in watches where watch.declaration?.zone == nil && watch.expected.isEmpty {
            // The fault of its source was reported already.
            guard sources.faults.isEmpty, let fault = watch.declaration?.fault else { continue }
            StandardError.print(fault)
            faults.append(fault)
        }
        let able = watches.filter { $0.declaration?.zone != nil || !$0.expected.isEmpty }
        guard !able.isEmpty || !faults.isEmpty else {
            throw ValidationError(
                "nothing is declared: --from names a source, or `declared` and `expect` in \(source.path) do")
        }
        if able.isEmpty { throw ExitCode.badConfiguration }
        return (settings, able, faults)
    }

    private func watches(of source: String, _ settings: Settings) throws -> [Watch] {
        names.map { Self.watch($0.name.folded, source, among: settings.watches) }
    }

    /// Returns the configured watch of a domain, or the default one, with the given source.
    private static func watch(_ domain: Name, _ source: String, among watches: [Watch]) -> Watch {
        var watch = watches.first { $0.domain == domain } ?? StandardWatch.watch(domain)
        watch.declaration = Declaration(sources: [source], isOwn: true)
        watch.expected = [:]
        return watch
    }

    private func chosen(_ settings: Settings) throws -> [Watch] {
        guard from == nil, !names.isEmpty else { return settings.watches }
        return try names.map { argument in
            guard let watch = settings.watches.first(where: { $0.domain == argument.name }) else {
                throw ValidationError("\(argument.name) is not in the configuration; --from names its source")
            }
            return watch
        }
    }

    /// The largest number of domains that are checked concurrently.
    private static let atOnce = 6

    private func compare(_ watches: [Watch], _ checkup: CheckUp) async throws -> [DriftReport] {
        let progress = CheckProgress(watches.map { "\($0.domain)".withoutFinalDot })
        let ticking = Task { await progress.run() }
        defer {
            ticking.cancel()
            progress.clear()
        }
        var reports: [Int: DriftReport] = [:]
        try await withThrowingTaskGroup(of: (Int, DriftReport).self) { group in
            var next = 0
            func begin() {
                guard next < watches.count else { return }
                let (place, watch) = (next, watches[next])
                next += 1
                group.addTask { (place, DriftReport(watch, await checkup.round(of: watch), checkup.parts.verifier)) }
            }
            for _ in 0..<Self.atOnce { begin() }
            for try await (place, report) in group {
                begin()
                reports[place] = report
                progress.done(place)
            }
        }
        return watches.indices.compactMap { reports[$0] }
    }
}
