import DNSWire

extension Report {
    /// The largest number of rows of each kind in a message; the report itself has all.
    private static let mostLines = 20

    /// Returns the report as a message to a channel: its figures, and a link to the whole report.
    ///
    /// - Parameters:
    ///   - path: the path of the report, relative to the address of the page; nil if there is none.
    ///   - isBrief: whether the text has the figures only, since the report itself is attached to the message.
    package func notice(for order: ReportOrder, path: String?, at now: Timestamp, isBrief: Bool = false) -> Notice {
        let name = "report-\(order.client ?? "all")-\(code)"
        let title = wording.say(.title(wording.title(period), of: client ?? wording[.allDomains])).visible
        return Notice(
            id: "\(name)@\(order.channel)", channel: order.channel, incident: name, event: .update,
            incidentClass: .routine, severity: .info, page: false, domain: .root, subject: nil, title: title,
            text: ([title] + lines(isBrief: isBrief)).joined(separator: "\n"), changes: [], since: from, at: now,
            domains: [], purpose: .report, place: path,
            reported: Notice.Reported(client: order.client, period: code), placeLabel: wording[.wholeReport],
            language: wording.language)
    }

    private func lines(isBrief: Bool) -> [String] {
        var lines = [
            wording.say(
                summary.resolution.basisPoints == nil
                    ? .availabilityUnknown(summary.domains)
                    : .availability(
                        summary.domains, resolved: wording.share(summary.resolution),
                        served: wording.share(summary.service))),
            wording.say(.seenLine(summary.daysSeen, of: summary.days)),
            wording.say(
                .incidentLine(
                    critical: summary.critical, warnings: summary.warnings, notices: summary.notices,
                    stillOpen: summary.stillOpen)),
        ]
        func add<Row>(_ rows: [Row], _ words: (Row) -> String) {
            guard !isBrief else { return }
            lines += rows.prefix(Self.mostLines).map { "- " + words($0).visible }
            if rows.count > Self.mostLines { lines.append("- " + wording.say(.andMore(rows.count - Self.mostLines))) }
        }
        add(incidents) { trouble in
            let end = trouble.ended.map(wording.time) ?? wording[.stillOpen]
            return "\(wording.time(trouble.opened)) – \(end): \(trouble.domain): \(wording.text(trouble))"
        }
        lines.append(wording.say(.changeLine(summary.changes, accepted: summary.accepted)))
        add(changes) {
            "\(wording.time($0.at)): \(wording.what($0))\($0.isBack ? ", \(wording[.putBack])" : "")"
        }
        if !isBrief || endings.isEmpty { lines.append(wording[endings.isEmpty ? .nothingEndsAhead : .endsAhead]) }
        add(endings) { "\(wording.day($0.at)): \($0.domain), \(wording.word($0.kind))" }
        if isBrief, let next = endings.first {
            lines.append(
                "\(wording[.endsAhead]) \(next.domain), \(wording.word(next.kind)), \(wording.day(next.at))"
                    + (endings.count > 1 ? "; \(wording.say(.andMore(endings.count - 1)))" : ""))
        }
        lines.append(wording.say(.weaknessLine(start: posture.atStart, end: posture.atEnd)))
        return lines
    }
}
