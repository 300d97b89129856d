import ArgumentParser
import DNSWire
import LapwingCore
import LapwingProbes
import LapwingStore

/// Shows when registrations expire.
struct Expiry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expiry",
        abstract: "Shows when registrations end, according to which source, and how old that information is.",
        discussion: """
            With names the registries are asked now; without names the daemon's knowledge of the configured domains is \
            shown. Registrations that end first come first; those without an end come last, with the reason.
            """)

    @Argument(help: "Domains to ask about now.")
    var names: [DomainArgument] = []

    @Option(help: "Only registrations that end within this many days.")
    var within: Int?

    @Option(help: "Count from this moment instead of now.", transform: NetworkOptions.moment)
    var at: Timestamp?

    @OptionGroup var registries: RegistryOptions
    @Option(help: "The store, instead of the one in the configuration.")
    var store: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let within, !(0...36_525).contains(within) {
            throw ValidationError("--within must be from 0 to 36525 days")
        }
    }

    func run() async throws {
        let now = at ?? currentTime
        let known = names.isEmpty ? try stored() : try await asked()
        var entries = known.map { ExpiryEntry($0, at: now) }.sorted(by: <)
        if let within { entries.removeAll { $0.secondsLeft.map { $0 >= Int64(within) * 86_400 } ?? true } }
        switch output.format {
        case .json: try JSONOutput.print(entries.map(\.row))
        case .jsonl: for entry in entries { try JSONOutput.print(line: entry.row) }
        case .plain, .nagios: for entry in entries { print(entry.fields.map(\.visible).joined(separator: "\t")) }
        case .table: print(ExpiryTable.text(entries, usesColor: output.usesColor))
        }
    }

    private func stored() throws -> [ExpiryKnowledge] {
        let path = registries.config ?? SettingsFile.defaultPath
        let settings = try SettingsFile.read(path)
        var storage = StoreOptions()
        storage.config = path
        storage.store = store ?? settings.store
        let state = try storage.open()
        var known = try settings.watches.filter(\.watchesRegistration).map { watch in
            ExpiryKnowledge(
                domain: watch.domain, memory: try state.state(of: watch.domain)?.registry ?? RegistryMemory(),
                manual: watch.manualExpiry, thresholds: watch.registration)
        }
        let named = Set(known.map(\.domain))
        for added in try state.addedDomains() where !named.contains(added.domain) {
            known.append(
                ExpiryKnowledge(
                    domain: added.domain, memory: try state.state(of: added.domain)?.registry ?? RegistryMemory(),
                    manual: nil, thresholds: Watch.RegistrationThresholds()))
        }
        return known
    }

    /// Asks the registries one after the other, so that no server is overloaded.
    private func asked() async throws -> [ExpiryKnowledge] {
        let lookup = RegistrationLookup(configuration: try registries.configuration())
        var known: [ExpiryKnowledge] = []
        for name in names.map(\.name) {
            guard let report = await lookup.look(up: name) else {
                StandardError.print("\(name) is a public suffix and cannot be registered")
                continue
            }
            var memory = RegistryMemory()
            let view = report.view(at: currentTime)
            if view.saysSomething { memory.known = view } else { memory.lastFailure = view.detail }
            known.append(
                ExpiryKnowledge(
                    domain: (try? Name(report.domain)) ?? name, memory: memory, manual: nil,
                    thresholds: Watch.RegistrationThresholds()))
        }
        return known
    }
}
