/// The results of a soak.
package struct SoakTally: Sendable {
    /// The plays of one scenario.
    struct Row: Sendable {
        let id: String
        let isMalign: Bool
        var plays = 0
        var pages = 0
        var notices = 0
        /// Plays that violate any expectation, including those about texts and numbers of notices.
        var faults = 0
        /// Plays with a page, for a benign scenario; with a late or missed report, for a malign one.
        var failures = 0
        /// The first seeds with a fault, and the faults.
        var examples: [(seed: UInt64, faults: [String])] = []

        init(_ scenario: Scenario) {
            id = scenario.id
            isMalign = scenario.kind == .malign
        }
    }

    /// The number of planned plays.
    package let planned: Int
    /// The number of finished plays.
    package private(set) var plays = 0
    private(set) var rows: [Row]

    init(_ scenarios: [Scenario], planned: Int) {
        self.planned = planned
        rows = scenarios.map(Row.init)
    }

    mutating func add(_ row: Row, at index: Int) {
        plays += row.plays
        rows[index].plays += row.plays
        rows[index].pages += row.pages
        rows[index].notices += row.notices
        rows[index].faults += row.faults
        rows[index].failures += row.failures
        rows[index].examples = Array((rows[index].examples + row.examples).sorted { $0.seed < $1.seed }.prefix(5))
    }

    /// Whether no play failed.
    package var passes: Bool { rows.allSatisfy { $0.failures == 0 } }

    private func sum(malign: Bool, _ count: (Row) -> Int) -> Int {
        rows.filter { $0.isMalign == malign }.map(count).reduce(0, +)
    }

    /// One line: the number of plays and of faults.
    package var summary: String {
        "\(sum(malign: false, \.plays)) plays of benign scenarios: \(sum(malign: false, \.pages)) pages, "
            + "\(sum(malign: false, \.faults)) with any fault; "
            + "\(sum(malign: true, \.plays)) of malign ones: \(sum(malign: true, \.failures)) late or missed, "
            + "\(sum(malign: true, \.faults)) with any fault"
    }

    /// The scenarios with faults, with the seeds that reproduce them, and the sum.
    package var report: String {
        var text = ""
        for row in rows where row.faults > 0 {
            text += "\(row.id): \(row.plays) plays, "
            text += row.isMalign ? "\(row.failures) late or missed" : "\(row.pages) pages"
            text += ", \(row.faults) with any fault\n"
            for (seed, faults) in row.examples { text += "    --seed \(seed): \(faults.joined(separator: "; "))\n" }
        }
        return text + summary + "\n"
    }
}
