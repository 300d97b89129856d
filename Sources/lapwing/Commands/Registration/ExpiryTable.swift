import LapwingCore

/// The calendar as a table.
enum ExpiryTable {
    static func text(_ entries: [ExpiryEntry], usesColor: Bool) -> String {
        var rows = [["DOMAIN", "ENDS", "DAYS", "STATE", "SOURCE", "AS OF", ""]]
        for entry in entries {
            let source = [entry.source, entry.confidence == "inferred" ? "inferred" : nil].compactMap(\.self)
            rows.append(
                [
                    entry.domain, entry.ends ?? "-", entry.days.map(String.init) ?? "-", entry.state.rawValue,
                    source.isEmpty ? "-" : source.joined(separator: ", "), entry.age.map(age) ?? "-", entry.note ?? "",
                ].map(\.visible))
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.enumerated().map { index, row in
            let line = zip(row, widths).enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 2 ? blanks + cell.0 : cell.0 + blanks
            }
            .joined(separator: "  ")
            let trimmed = String(line.reversed().drop { $0 == " " }.reversed())
            return usesColor && index > 0 ? colored(trimmed, entries[index - 1].state) : trimmed
        }
        .joined(separator: "\n")
    }

    private static func age(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "now"
        case ..<7200: "\(seconds / 60) min ago"
        case ..<172_800: "\(seconds / 3600) h ago"
        default: "\(seconds / 86_400) days ago"
        }
    }

    private static func colored(_ line: String, _ state: ExpiryEntry.State) -> String {
        switch state {
        case .past, .critical: "\u{1B}[31m\(line)\u{1B}[0m"
        case .warning: "\u{1B}[33m\(line)\u{1B}[0m"
        default: line
        }
    }
}
