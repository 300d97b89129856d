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

    /// A table, the columns as wide as what stands in them; the headline comes last and may be cut by a terminal.
    private func show(_ incidents: [Incident]) {
        let header = ["INCIDENT", "STATE", "SEVERITY", "SINCE", "CLASS", "WHAT"]
        let rows = incidents.map { incident in
            [
                incident.id, incident.closedAt == nil ? "open" : incident.acceptedBy == nil ? "over" : "accepted",
                incident.severity.rawValue, "\(incident.since)", incident.incidentClass.rawValue,
                incident.text.headline,
            ].map(\.visible)
        }
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        let isPlain = output.format != .table
        for (place, row) in ((isPlain ? [] : [header]) + rows).enumerated() {
            let cells = row.indices.map { column in
                column == row.count - 1
                    ? row[column]
                    : row[column] + String(repeating: " ", count: widths[column] - row[column].count)
            }
            let line = cells.joined(separator: "  ")
            print(
                !isPlain && place == 0 || !output.usesColor ? line : paint(line, incidents, isPlain ? place : place - 1)
            )
        }
    }

    private func paint(_ line: String, _ incidents: [Incident], _ place: Int) -> String {
        let incident = incidents[place]
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
