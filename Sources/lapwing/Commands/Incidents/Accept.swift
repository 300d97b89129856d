import ArgumentParser
import DNSWire
import Foundation
import LapwingCore
import LapwingStore

struct Accept: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Accepts a change as the new normal: its incident closes, and it is not reported again.",
        discussion: "A fault cannot be accepted: it would be found again in the next round. Fix it, or silence it.")

    @Argument(help: "An incident, as `lapwing incidents` shows it, or a domain for all its open incidents.")
    var what: String

    @Option(help: "Your name, for the record.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? ""

    @Flag(help: "Do not ask for confirmation of critical changes.")
    var yes = false

    @OptionGroup var storage: StoreOptions

    func run() throws {
        let store = try storage.open()
        if let incident = try store.incident(what) {
            guard incident.code.nature.canBeAccepted else { throw refusal([incident]) }
            try confirm([incident])
            try store.add(.accept, domain: incident.domain, incident: incident.id, by: .command(by), at: currentTime)
            tell(incident)
            return
        }
        let domain = DomainArgument(argument: what)?.name
        let open = try domain.map { try store.incidents(of: $0, openOnly: true) } ?? []
        guard let domain, !open.isEmpty else {
            StandardError.print("`\(what)` is neither an incident nor a domain with open incidents")
            throw ExitCode.failure
        }
        let changes = open.filter(\.code.nature.canBeAccepted)
        guard !changes.isEmpty else { throw refusal(open) }
        try confirm(changes)
        try store.add(.accept, domain: domain, by: .command(by), at: currentTime)
        for incident in changes { tell(incident) }
    }

    private func tell(_ incident: Incident) {
        print("\(incident.id): accepted; normal from now on: \(incident.normal.visible)")
    }

    /// Asks for confirmation before a critical change becomes normal, provided that standard input is a terminal.
    private func confirm(_ changes: [Incident]) throws {
        let grave = changes.filter { $0.severity == .critical && $0.closedAt == nil }
        guard !grave.isEmpty, !yes, isatty(STDIN_FILENO) == 1 else { return }
        for incident in grave {
            StandardError.print("\(incident.id) is critical: \(incident.text.headline.visible)")
            StandardError.print("From now on this would be normal: \(incident.normal.visible)")
        }
        StandardError.print("Accept? Type yes:")
        guard readLine()?.lowercased() == "yes" else { throw ExitCode.failure }
    }

    private func refusal(_ faults: [Incident]) -> ExitCode {
        for fault in faults {
            StandardError.print(
                "\(fault.id): \(fault.code) is a fault, not a change, and cannot be accepted; it ends when it is fixed. "
                    + "To stop reminders: lapwing acknowledge \(fault.id). "
                    + "To mute it: lapwing silence \(fault.domain) --code \(fault.code) --for 4h")
        }
        return .failure
    }
}
