import ArgumentParser
import DNSWire
import LapwingCore
import LapwingStore

struct Incidents: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents", abstract: "What happened, open incidents first.",
        discussion: """
            Examples:
              lapwing incidents --open
              lapwing incidents example.com --json
              lapwing explain example.com-7     all about one of them
            """)

    @Argument(help: "Only those of this domain.")
    var domain: DomainArgument?

    @Flag(help: "Only those that are not over.")
    var open = false

    @OptionGroup var storage: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let incidents = try storage.open().incidents(of: domain?.name, openOnly: open)
        switch output.format {
        case .json: try JSONOutput.print(incidents.map(Row.init))
        case .jsonl: for incident in incidents { try JSONOutput.print(line: Row(incident)) }
        case .table where incidents.isEmpty, .plain where incidents.isEmpty, .nagios where incidents.isEmpty:
            print(open ? "no incident is open" : "no incidents")
        default: show(incidents)
        }
    }

    private func show(_ incidents: [Incident]) {
        let isPlain = output.format != .table
        let rows = incidents.map { incident in
            [
                incident.id, incident.closedAt == nil ? "open" : incident.acceptedBy == nil ? "over" : "accepted",
                incident.severity.rawValue, isPlain ? "\(incident.since)" : incident.since.withoutZone,
                incident.incidentClass.rawValue, incident.text.headline,
            ]
        }
        let header = isPlain ? [] : ["INCIDENT", "STATE", "SEVERITY", "SINCE (UTC)", "CLASS", "WHAT"]
        let lines = TextTable(header: header, rows: rows).lines(width: isPlain ? nil : TextTable.terminalWidth)
        for line in lines.prefix(isPlain ? 0 : 1) { print(line) }
        for (line, incident) in zip(lines.dropFirst(isPlain ? 0 : 1), incidents) {
            print(output.usesColor ? paint(line, incident) : line)
        }
    }

    private func paint(_ line: String, _ incident: Incident) -> String {
        guard incident.closedAt == nil else { return "\u{1B}[2m\(line)\u{1B}[0m" }
        switch incident.severity {
        case .critical: return "\u{1B}[1;31m\(line)\u{1B}[0m"
        case .warning: return "\u{1B}[33m\(line)\u{1B}[0m"
        case .notice, .info: return line
        }
    }

    struct Row: Encodable {
        var id: String
        var domain: String
        var code: String
        var `class`: String
        var severity: String
        var page: Bool
        var title: String
        var text: String
        var since: String
        var opened: String
        var closed: String?
        var accepted_by: String?

        init(_ incident: Incident) {
            id = incident.id
            domain = "\(incident.domain)"
            code = "\(incident.code)"
            self.class = incident.incidentClass.rawValue
            severity = incident.severity.rawValue
            page = incident.paged
            title = incident.text.headline
            text = incident.fullText
            since = "\(incident.since)"
            opened = "\(incident.openedAt)"
            closed = incident.closedAt.map { "\($0)" }
            accepted_by = incident.acceptedBy
        }
    }
}

extension Timestamp {
    /// `2026-11-29 16:30`, for tables whose heading says which clock.
    var withoutZone: String { String(sentence.dropLast(" UTC".count)) }
}
