extension Report {
    /// All figures as comma-separated values (RFC 4180), the same columns for every kind of line.
    ///
    /// A text that a spreadsheet would take for a formula stands behind an apostrophe.
    package var table: String {
        var rows: [[String]] = [
            ["section", "domain", "what", "from", "to", "number", "of", "unit", "text"],
            ["period", "", code, "\(from)", "\(to)", "", "", "", period],
            ["made", "", isUnfinished ? "unfinished" : "whole", "\(madeAt)", "", "", "", "", client ?? "all domains"],
        ]
        rows += summaryRows + domains.flatMap(Self.rows) + incidents.flatMap(Self.rows)
        rows += changes.map { change in
            [
                "change", change.domain, change.what, "\(change.at)", "", "", "", change.isBack ? "back" : "",
                [
                    change.old.isEmpty && change.new.isEmpty
                        ? "" : "\(Change.list(change.old)) -> \(Change.list(change.new))",
                    change.acceptedBy.map { "accepted: \($0)" } ?? "", change.wasAnnounced ? "as announced" : "",
                ].filter { !$0.isEmpty }.joined(separator: "; "),
            ]
        }
        rows += endings.map { ending in
            [
                "ending", ending.domain, ending.kind.rawValue, "", "\(ending.at)", "", "", "",
                ending.isPast ? "past" : "",
            ]
        }
        rows += [
            ("at the start", posture.atStart), ("at the end", posture.atEnd), ("new", posture.new),
            ("mended", posture.mended), ("accepted", posture.accepted),
        ].map { ["weaknesses", "", $0.0, "", "", "\($0.1)", "", "", ""] }
        rows += posture.open.map { ["weakness", $0.domain, $0.code, "\($0.since)", "", "", "", "", $0.text] }
        rows += announced.map { work in
            [
                "announced", work.domain ?? "", work.outcome.rawValue, "\(work.from)", "\(work.to)", "", "", "",
                work.text,
            ]
        }
        return rows.map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }.joined()
    }

    private var summaryRows: [[String]] {
        func row(_ what: String, _ number: String, _ of: String = "", _ unit: String = "", _ text: String = "")
            -> [String]
        {
            ["summary", "", what, "", "", number, of, unit, text]
        }
        var rows = [
            row("domains", "\(summary.domains)"), row("critical incidents", "\(summary.critical)"),
            row("warnings", "\(summary.warnings)"), row("notices", "\(summary.notices)"),
            row("still open", "\(summary.stillOpen)"), row("changes", "\(summary.changes)"),
            row("accepted changes", "\(summary.accepted)"),
            row("resolved", "\(summary.resolved)", "\(summary.resolvable)", "looks", summary.resolution.words),
            row("served", "\(summary.served)", "\(summary.servable)", "looks", summary.service.words),
            row("seen", "\(summary.daysSeen)", "\(summary.days)", "days"),
        ]
        for (what, spread) in [
            ("to tell", summary.toTell), ("to acknowledge", summary.toAcknowledge), ("to end", summary.toEnd),
        ] {
            rows.append(row("\(what), median", spread.map { "\($0.median)" } ?? "", "", "seconds", Self.known(spread)))
            rows.append(
                row("\(what), longest", spread.map { "\($0.longest)" } ?? "", "", "seconds", Self.known(spread)))
        }
        return rows
    }

    private static func known(_ spread: Spread?) -> String { spread == nil ? "none" : "" }

    private static func rows(_ domain: Domain) -> [[String]] {
        func row(_ what: String, _ number: String, _ of: String = "", _ unit: String, _ text: String = "") -> [String] {
            ["domain", domain.domain, what, "", "", number, of, unit, text]
        }
        func time(_ what: String, _ milliseconds: Double?) -> [String] {
            row(
                what, milliseconds.map { Share.tenths($0) } ?? "", "", "milliseconds",
                milliseconds == nil ? "not recorded" : "")
        }
        return [
            row("resolved", "\(domain.resolved)", "\(domain.resolvable)", "looks", domain.resolution.words),
            row("served", "\(domain.served)", "\(domain.servable)", "looks", domain.service.words),
            row("seen", "\(domain.daysSeen)", "\(domain.days)", "days"),
            row("blind", "\(domain.blind)", "\(domain.looks)", "looks"), time("servers took", domain.serversTook),
            time("resolvers took", domain.resolversTook), row("incidents", "\(domain.incidents)", "", ""),
            row("changes", "\(domain.changes)", "", ""),
        ]
            + domain.byDay.map { day in
                [
                    "day", domain.domain, day.state.rawValue, day.day, "", "\(day.resolved)", "\(day.resolvable)",
                    "looks", "",
                ]
            }
    }

    private static func rows(_ trouble: Trouble) -> [[String]] {
        let times = [
            ("to tell", trouble.toTell), ("to acknowledge", trouble.toAcknowledge), ("to end", trouble.toEnd),
        ]
        return [
            [
                "incident", trouble.domain, trouble.severity.rawValue, "\(trouble.opened)",
                trouble.ended.map { "\($0)" } ?? "", "", "", trouble.incidentClass.rawValue, trouble.text,
            ]
        ]
            + times.map { what, seconds in
                [
                    "incident", trouble.domain, what, "\(trouble.opened)", "", seconds.map { "\($0)" } ?? "", "",
                    "seconds", trouble.id ?? "",
                ]
            }
            + (trouble.acceptedBy.map {
                [["incident", trouble.domain, "accepted", "\(trouble.opened)", "", "", "", "", $0]]
            }
                ?? [])
    }

    private static func cell(_ text: String) -> String {
        var text = text.visible
        if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
        guard text.contains(where: { "\",\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension Share {
    /// With one digit after the point.
    package static func tenths(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e15 else { return "0.0" }
        let whole = Int(tenths.magnitude)
        return "\(tenths < 0 ? "-" : "")\(whole / 10).\(whole % 10)"
    }
}
