import DNSWire

extension Report {
    /// Rows of each kind in a message; the report itself has all.
    private static let mostLines = 20

    /// The report as a message to a channel: its figures, and a link to all of it.
    ///
    /// - Parameter path: where the report is, below the address of the page; nil where there is none.
    package func notice(for order: ReportOrder, path: String?, at now: Timestamp) -> Notice {
        let name = "report-\(order.client ?? "all")-\(code)"
        let title = "Domain report of \(period): \(client ?? "all domains")".visible
        return Notice(
            id: "\(name)@\(order.channel)", channel: order.channel, incident: name, event: .update,
            incidentClass: .routine, severity: .info, page: false, domain: .root, subject: nil, title: title,
            text: ([title] + lines).joined(separator: "\n"), changes: [], since: from, at: now, domains: [],
            purpose: .report, place: path)
    }

    private var lines: [String] {
        let domains = summary.domains == 1 ? "1 domain" : "\(summary.domains) domains"
        var lines = [
            summary.resolution.basisPoints == nil
                ? "\(domains): availability is not recorded."
                : "\(domains): resolved in \(summary.resolution.words) of all looks; name servers answered in "
                    + "\(summary.service.words).",
            "Seen on \(summary.daysSeen) of \(summary.days) days of domains.",
            "Incidents: \(summary.critical) critical, \(summary.warnings) warnings, \(summary.notices) notices; "
                + "\(summary.stillOpen) still open.",
        ]
        lines += Self.some(incidents) { trouble in
            let end = trouble.ended.map { "to \($0.sentence)" } ?? "still open"
            return "\(trouble.opened.sentence) \(end): \(trouble.domain): \(trouble.text)"
        }
        lines.append("Changes: \(summary.changes), \(summary.accepted) of them accepted.")
        lines += Self.some(changes) { "\($0.at.sentence): \($0.what)\($0.isBack ? ", put back" : "")" }
        lines.append(endings.isEmpty ? "Nothing that is known ends in the next 90 days." : "In the next 90 days end:")
        lines += Self.some(endings) { "\($0.at.sentence): \($0.domain), \($0.kind.rawValue)" }
        lines.append("Weaknesses of long standing: \(posture.atStart) at the start, \(posture.atEnd) at the end.")
        return lines
    }

    private static func some<Row>(_ rows: [Row], _ words: (Row) -> String) -> [String] {
        let lines = rows.prefix(mostLines).map { "- " + words($0).visible }
        return rows.count > lines.count ? lines + ["- and \(rows.count - lines.count) more"] : lines
    }
}
