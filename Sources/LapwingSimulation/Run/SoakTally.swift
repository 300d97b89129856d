/// What came of the plays of a soak.
package struct SoakTally: Sendable {
    /// One scenario's plays.
    struct Row: Sendable {
        let id: String
        let isMalign: Bool
        var plays = 0
        var pages = 0
        var notices = 0
        /// Plays that miss something of what the scenario expects, in words and counts of notices too.
        var faults = 0
        /// Plays with a page, of a benign scenario; with something late or missed, of a malign one.
        var failures = 0
        /// The first few seeds with which something went wrong, and what.
        var examples: [(seed: UInt64, faults: [String])] = []

        init(_ scenario: Scenario) {
            id = scenario.id
            isMalign = scenario.kind == .malign
        }
    }

    /// Plays that there will be.
    package let planned: Int
    /// Plays that are over.
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

    /// One line: how many plays, and what went wrong in them.
    package var summary: String {
        "\(sum(malign: false, \.plays)) plays of benign scenarios: \(sum(malign: false, \.pages)) pages, "
            + "\(sum(malign: false, \.faults)) with any fault; "
            + "\(sum(malign: true, \.plays)) of malign ones: \(sum(malign: true, \.failures)) late or missed, "
            + "\(sum(malign: true, \.faults)) with any fault"
    }

    /// The scenarios in which something went wrong, with the seeds that show it again, and the sum.
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
