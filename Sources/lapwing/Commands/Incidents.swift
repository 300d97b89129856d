import ArgumentParser
import DNSWire
import LapwingCore
import LapwingStore

struct Incidents: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents", abstract: "What happened, open incidents first.")

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
        default:
            for incident in incidents {
                let row = Row(incident)
                print(
                    "\(row.id)  \(row.closed == nil ? "open  " : "closed")  \(row.severity)  \(row.class)  \(row.title)  "
                        + "since \(row.since)")
            }
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
