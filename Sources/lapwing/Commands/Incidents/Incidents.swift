import ArgumentParser
import DNSWire
import LapwingCore
import LapwingStore

struct Incidents: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents", abstract: "Lists incidents, open ones first.",
        discussion: """
            Examples:
              lapwing incidents --open
              lapwing incidents example.com --json
              lapwing incidents --tag client-a --severity warning --from 30d
              lapwing explain example.com-7     all about one of them
            """)

    @Argument(help: "Only those of this domain.")
    var domain: DomainArgument?

    @Flag(help: "Only open ones.")
    var open = false

    @Option(help: "Only those of domains that carry this tag now.")
    var tag: String?

    @Option(help: "Only those of this severity and worse.")
    var severity: Severity?

    @Option(
        help: "Only those that were open at this moment or later: 7d (ago), 2026-12-01, 2026-12-01T20:00:00Z.",
        transform: MomentText.start)
    var from: Timestamp?

    @Option(help: "Only those that were opened before this moment; a day counts to its end.", transform: MomentText.end)
    var to: Timestamp?

    @Option(help: "At most this many, from the top of the list.")
    var limit = 500

    @OptionGroup var storage: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must lie between 1 and 1000000") }
        if let from, let to, to <= from { throw ValidationError("--to must be later than --from") }
    }

    func run() throws {
        let store = try storage.open()
        var filter = IncidentFilter()
        filter.state = open ? .open : .all
        filter.domain = domain?.name
        filter.domains = try tag.map { try storage.domains(tag: $0, in: store) }
        (filter.severity, filter.from, filter.to) = (severity, from, to)
        let found = try store.incidents(filter, limit: limit + 1)
        let incidents = Array(found.prefix(limit))
        defer {
            if found.count > limit { StandardError.print("there are more; --limit \(limit * 10) shows them") }
        }
        switch output.format {
        case .json: try JSONOutput.print(incidents.map(Row.init))
        case .jsonl: for incident in incidents { try JSONOutput.print(line: Row(incident)) }
        case .table where incidents.isEmpty, .plain where incidents.isEmpty, .nagios where incidents.isEmpty:
            print(isNarrowed ? "no incident matches" : open ? "no incident is open" : "no incidents")
        default: show(incidents)
        }
    }

    private var isNarrowed: Bool { tag != nil || severity != nil || from != nil || to != nil }

    private func show(_ incidents: [Incident]) {
        let isPlain = output.format != .table
        let rows = incidents.map { incident in
            [
                incident.id, incident.closedAt == nil ? "open" : incident.acceptedBy == nil ? "over" : "accepted",
                incident.severity.rawValue, isPlain ? "\(incident.since)" : incident.since.withoutZone,
                incident.incidentClass.rawValue, incident.words,
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

extension Incident {
    /// The headline; if the change is undone and the incident open only to keep watching, preceded by the time.
    var words: String {
        guard closedAt == nil, let backSince else { return text.headline }
        return "put back since \(backSince.sentence): \(text.headline)"
    }
}

extension Timestamp {
    /// `2026-11-29 16:30`, for tables whose heading names the time zone.
    var withoutZone: String { String(sentence.dropLast(" UTC".count)) }
}

extension Severity: ExpressibleByArgument {}
