import ArgumentParser
import DNSClient
import DNSSEC
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingOutgoing

/// Checks everything that the daemon needs from its machine and network.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks network, resolvers, clock, registries, channels, store and limits, and says what to do.",
        discussion: """
            Exit code 0 is ok, 1 a warning, 2 a fault, 3 means that something could not be checked. It \
            connects to the receivers of alerts but sends them nothing: `lapwing channel test` does. A running daemon is \
            not disturbed.
            """)

    @Option(
        name: [.customLong("config"), .customLong("config.file")],
        help: "The configuration; lapwing.yml if there is one.")
    var config: String?

    @OptionGroup var network: NetworkOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var found = [Diagnosis.ok("version", Version.text)]
        let source = SettingsFile.Source(config)
        let settings: Settings
        do {
            settings = try SettingsFile.loadAll(source).settings
            found.append(configuration(of: source, settings))
        } catch {
            settings = Settings()
            found.append(
                .fault(
                    "configuration", error.faults.map { "\($0)" }.joined(separator: "; "),
                    do: "fix the file; `lapwing config check \(source.path)` shows whether it is right"))
        }
        let machine = MachineDiagnosis(settings: settings)
        found += machine.all()
        async let channels = ChannelDiagnosis(
            channels: settings.channels, proxy: settings.proxy.map { OutgoingProxy($0) }
        ).all()
        found += try await look(settings)
        found += await channels
        print(found)
        if found.exitCode != 0 { throw ExitCode(found.exitCode) }
    }

    private func configuration(of source: SettingsFile.Source, _ settings: Settings) -> Diagnosis {
        let faults = ConfigurationCheck.faults(settings, network: network)
        guard faults.isEmpty else {
            return .fault(
                "configuration", faults.joined(separator: "; "), do: "fix \(source.path) or the file it names")
        }
        if source.isMissing {
            return .ok("configuration", "there is no \(source.path): the defaults apply")
        }
        let domains = Init.count(settings.watches.count, "domain")
        let text = "\(source.path): \(domains), \(Init.count(settings.channels.count, "channel"))"
        guard settings.channels.isEmpty else { return .ok("configuration", text) }
        return .warning(
            "configuration", text + ": no alerts are sent",
            do: "add a channel (docs/channels.md); until then incidents are on the page only")
    }

    private func look(_ settings: Settings) async throws -> [Diagnosis] {
        var network = network
        network.rootHints = network.rootHints ?? settings.rootHints
        network.trustAnchor = network.trustAnchor ?? settings.trustAnchor
        guard let resolver = try? network.resolverSettings(),
            let checkUp = try? CheckUp(settings: settings, network: network)
        else { return [.unknown("network", "not checked: the configuration names files that cannot be read")] }
        let resolvers = network.resolvers.isEmpty ? settings.resolvers : network.resolvers
        let parts = checkUp.parts
        let dns = NetworkDiagnosis(
            client: parts.client, roots: resolver.roots, hasIPv6: parts.reachesIPv6, now: network.seconds)
        async let paths = dns.all()
        async let answers = dns.resolvers(resolvers)
        let services = ServiceDiagnosis(settings: settings, roots: resolver.roots)
        async let registries = services.registries(parts.registration)
        async let time = services.clock()
        let found = await paths + answers + [time] + registries
        await parts.shutdown()
        return found
    }

    private func print(_ found: [Diagnosis]) {
        switch output.format {
        case .json: try? JSONOutput.print(found)
        case .jsonl: for item in found { try? JSONOutput.print(line: item) }
        case .nagios:
            let bad = found.filter { $0.state != .ok }
            let words = ["OK", "WARNING", "CRITICAL", "UNKNOWN"]
            let text =
                bad.isEmpty
                ? "\(found.count) things checked" : bad.map { "\($0.subject): \($0.text)" }.joined(separator: "; ")
            Swift.print("LAPWING \(words[Int(found.exitCode)]) - \(text.visible)")
        case .table, .plain:
            let width = found.map(\.subject.count).max() ?? 0
            for item in found {
                let subject = item.subject.padding(toLength: width, withPad: " ", startingAt: 0)
                let state = item.state.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
                Swift.print("\(colored(state, item.state))  \(subject)  \(item.text.visible)")
                if let remedy = item.remedy {
                    Swift.print(String(repeating: " ", count: 9 + width + 2) + "do: \(remedy.visible)")
                }
            }
        }
    }

    private func colored(_ text: String, _ state: Diagnosis.State) -> String {
        guard output.usesColor else { return text }
        switch state {
        case .ok: return "\u{1B}[32m\(text)\u{1B}[0m"
        case .warning: return "\u{1B}[33m\(text)\u{1B}[0m"
        case .fault: return "\u{1B}[31m\(text)\u{1B}[0m"
        case .unknown: return "\u{1B}[2m\(text)\u{1B}[0m"
        }
    }
}
