/// Plays scenarios under everyday trouble with many seeds: benign ones must wake nobody, malign ones must be told in time.
package struct Soak: Sendable {
    package var seeds: Int
    package var phase: Int

    package init(seeds: Int, phase: Int) {
        self.seeds = seeds
        self.phase = phase
    }

    /// What came of all plays.
    package struct Tally: Sendable {
        package var plays = 0
        package var benignPages = 0
        package var malignFailures = 0
        var rows: [Row] = []

        package var passes: Bool { benignPages == 0 && malignFailures == 0 }

        /// A line for each scenario, and a sum.
        package var report: String {
            var text = ""
            for row in rows {
                text += "\(row.id): \(row.plays) plays, \(row.pages) pages"
                text += row.isMalign ? ", \(row.failures) late or missed" : ", \(row.notices) notices"
                if !row.examples.isEmpty { text += " (seeds \(row.examples.map(String.init).joined(separator: ", ")))" }
                text += "\n"
            }
            return text + "\(plays) plays: \(benignPages) pages on benign scenarios, "
                + "\(malignFailures) plays of malign ones with something late or missed\n"
        }
    }

    struct Row: Sendable {
        var id: String
        var isMalign: Bool
        var plays = 0
        var pages = 0
        var notices = 0
        var failures = 0
        /// The first few seeds with which something went wrong.
        var examples: [UInt64] = []
    }

    package func play(_ scenarios: [Scenario]) async -> Tally {
        await withTaskGroup { group in
            for (index, scenario) in scenarios.enumerated() {
                group.addTask { @concurrent in (index, row(scenario)) }
            }
            var rows: [(Int, Row)] = []
            for await row in group { rows.append(row) }
            var tally = Tally()
            for row in rows.sorted(by: { $0.0 < $1.0 }).map(\.1) {
                tally.plays += row.plays
                if row.isMalign { tally.malignFailures += row.failures } else { tally.benignPages += row.pages }
                tally.rows.append(row)
            }
            return tally
        }
    }

    private func row(_ scenario: Scenario) -> Row {
        var row = Row(id: scenario.id, isMalign: scenario.kind == .malign)
        for seed in 1...UInt64(max(1, seeds)) {
            var scenario = scenario
            scenario.seed = seed
            // The first round falls on another minute each time.
            let phase = (phase + Int(seed)) % scenario.monitor.poll
            let score = ScenarioPlay(scenario, phase: phase, noise: Noise(seed: seed)).score
            row.plays += 1
            row.pages += score.pages
            row.notices += score.notices
            let isBad = row.isMalign ? score.late + score.missed > 0 : score.pages > 0
            if row.isMalign, isBad { row.failures += 1 }
            if isBad, row.examples.count < 5 { row.examples.append(seed) }
        }
        return row
    }
}
