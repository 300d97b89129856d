extension Rulebook {
    /// A row of a rule's severity table, together with its rule.
    package struct Case: Sendable {
        /// The rule to whose table the row belongs.
        package var rule: Rule
        /// The row.
        package var row: Rule.Row

        /// When the case applies, including the phase in which its rule judges.
        package var when: String {
            rule.phase == .firstLook ? "in a check-up or the first round: \(row.when)" : row.when
        }
    }

    /// Returns all rows about one code, the gravest first, then in the order of the rulebook.
    package static func cases(of code: FindingCode) -> [Case] {
        let cases = (all + acrossDomains).flatMap { rule in
            rule.table.filter { $0.code == code }.map { Case(rule: rule, row: $0) }
        }
        return cases.enumerated().sorted { one, other in
            let (first, second) = (one.element.row.gravest, other.element.row.gravest)
            return first != second ? first > second : one.offset < other.offset
        }.map(\.element)
    }

    /// Returns these rows as a Markdown table, with a paragraph about old weaknesses; the pages in `docs/findings`
    /// contain it.
    package static func table(of code: FindingCode) -> String {
        let cases = cases(of: code)
        var lines = ["| severity | class | when | rule |", "|---|---|---|---|"]
        lines += cases.map { line in
            let severities = Severity.allCases.reversed().filter(line.row.severities.contains).map(\.rawValue)
            return "| \(severities.joined(separator: ", ")) | `\(line.row.incidentClass.rawValue)` | \(line.when) | "
                + "`\(line.rule.name)` |"
        }
        if cases.contains(where: { $0.row.lasting != nil }) {
            let spans = Set(cases.compactMap(\.row.lasting)).filter { $0 > 0 }.sorted().map { "\($0 / 86_400) d" }
            let later =
                spans.isEmpty
                ? "" : " A new one is told as a notice when it has lasted \(spans.joined(separator: ", "))."
            lines += [
                "",
                "In the class `posture` the severity is that of `lapwing check`. The daemon tells what was so when the watch "
                    + "began once, as `info`: in the digest and on the page of the domain, not as a message of its own.\(later)",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Rule.Row {
    /// The highest severity that the case may have.
    package var gravest: Severity { severities.max() ?? .info }
}
