extension Report {
    /// All figures as comma-separated values (RFC 4180), with the same columns for every kind of line.
    ///
    /// The headings and the last column are in the reader's language. Sections, keys and units are the same in each
    /// language, as are numbers and times, so that programs can rely on them.
    ///
    /// A text that a spreadsheet would take for a formula is preceded by an apostrophe.
    package var table: String {
        var rows: [[String]] = [
            wording[.tableColumns].split(separator: ",").map(String.init),
            ["period", "", code, "\(from)", "\(to)", "", "", "", wording.title(period)],
            [
                "made", "", isUnfinished ? "unfinished" : "whole", "\(madeAt)", "", "", "", "",
                client ?? wording[.allDomains],
            ],
        ]
        rows += summaryRows + domains.flatMap { self.rows($0) } + incidents.flatMap { self.rows($0) }
        rows += changes.map { change in
            [
                "change", change.domain, wording.what(change), "\(change.at)", "", "", "", change.isBack ? "back" : "",
                [
                    change.old.isEmpty && change.new.isEmpty ? "" : "\(list(change.old)) -> \(list(change.new))",
                    wording.acceptance(change.acceptedBy) ?? "",
                    change.wasAnnounced ? wording[.cameAsAnnounced] : "",
                ].filter { !$0.isEmpty }.joined(separator: "; "),
            ]
        }
        rows += endings.map { ending in
            [
                "ending", ending.domain, ending.kind.rawValue, "", "\(ending.at)", "", "", "",
                ending.isPast ? wording[.past] : "",
            ]
        }
        rows += [
            ("at the start", posture.atStart), ("at the end", posture.atEnd), ("new", posture.new),
            ("mended", posture.mended), ("accepted", posture.accepted),
        ].map { ["weaknesses", "", $0.0, "", "", "\($0.1)", "", "", ""] }
        rows += posture.open.map {
            ["weakness", $0.domain, $0.code.rawValue, "\($0.since)", "", "", "", "", wording.text($0)]
        }
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
            row("resolved", "\(summary.resolved)", "\(summary.resolvable)", "looks", wording.share(summary.resolution)),
            row("served", "\(summary.served)", "\(summary.servable)", "looks", wording.share(summary.service)),
            row("seen", "\(summary.daysSeen)", "\(summary.days)", "days"),
        ]
        for (what, spread) in [
            ("to tell", summary.toTell), ("to acknowledge", summary.toAcknowledge), ("to end", summary.toEnd),
        ] {
            rows.append(row("\(what), median", spread.map { "\($0.median)" } ?? "", "", "seconds", known(spread)))
            rows.append(
                row("\(what), longest", spread.map { "\($0.longest)" } ?? "", "", "seconds", known(spread)))
        }
        return rows
    }

    private func known(_ spread: Spread?) -> String { spread == nil ? wording[.notRecorded] : "" }

    private func list(_ values: [String]) -> String { values.isEmpty ? wording[.nothing] : Change.list(values) }

    private func rows(_ domain: Domain) -> [[String]] {
        func row(_ what: String, _ number: String, _ of: String = "", _ unit: String, _ text: String = "") -> [String] {
            ["domain", domain.domain, what, "", "", number, of, unit, text]
        }
        func time(_ what: String, _ milliseconds: Double?) -> [String] {
            row(
                what, milliseconds.map { Share.tenths($0) } ?? "", "", "milliseconds",
                milliseconds == nil ? wording[.notRecorded] : "")
        }
        return [
            row("resolved", "\(domain.resolved)", "\(domain.resolvable)", "looks", wording.share(domain.resolution)),
            row("served", "\(domain.served)", "\(domain.servable)", "looks", wording.share(domain.service)),
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

    private func rows(_ trouble: Trouble) -> [[String]] {
        let times = [
            ("to tell", trouble.toTell), ("to acknowledge", trouble.toAcknowledge), ("to end", trouble.toEnd),
        ]
        return [
            [
                "incident", trouble.domain, trouble.severity.rawValue, "\(trouble.opened)",
                trouble.ended.map { "\($0)" } ?? "", "", "", trouble.incidentClass.rawValue, wording.text(trouble),
            ]
        ]
            + times.map { what, seconds in
                [
                    "incident", trouble.domain, what, "\(trouble.opened)", "", seconds.map { "\($0)" } ?? "", "",
                    "seconds", trouble.id ?? "",
                ]
            }
            + (wording.acceptance(trouble.acceptedBy).map {
                [["incident", trouble.domain, "accepted", "\(trouble.opened)", "", "", "", "", $0]]
            }
                ?? [])
            + (wording.detail(trouble).map {
                [["incident", trouble.domain, "headline", "\(trouble.opened)", "", "", "", "", $0]]
            } ?? [])
    }

    private static func cell(_ text: String) -> String {
        var text = text.visible
        if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
        guard text.contains(where: { "\",\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension Share {
    /// Returns the value with one digit after the decimal point.
    package static func tenths(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e15 else { return "0.0" }
        let whole = Int(tenths.magnitude)
        return "\(tenths < 0 ? "-" : "")\(whole / 10).\(whole % 10)"
    }
}
