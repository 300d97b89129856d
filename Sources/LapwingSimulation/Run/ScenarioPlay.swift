package import LapwingCore

/// A scenario that was played to its end.
package struct ScenarioPlay: Sendable {
    /// The scenario that was played.
    package var scenario: Scenario
    /// The reports, in order.
    package var lines: [VerdictLine]
    /// The comparison with the expectations.
    package var score: Score

    package init(_ scenario: Scenario, phase: Int, noise: Noise? = nil, rules: [Rule] = Rulebook.all) {
        self.scenario = scenario
        let simulation = Simulation(scenario, phase: phase, noise: noise, rules: rules)
        lines = simulation.run()
        score = Score(lines, against: scenario.expectations)
        score.faults += simulation.faults
    }

    private init(_ scenario: Scenario, wholeAt phase: Int) async {
        self.scenario = scenario
        let simulation = WholeSimulation(scenario, phase: phase)
        lines = await simulation.run()
        score = Score(lines, against: scenario.expectations)
        score.faults += simulation.faults
    }

    /// Plays scenarios on all cores; the results are in the order of the scenarios.
    ///
    /// - Parameter isWhole: whether to use the complete network code, from the resolver down to the bytes; this is
    ///   several times slower.
    package static func all(
        _ scenarios: [Scenario], phase: Int, seed: UInt64? = nil, isWhole: Bool = false
    ) async -> [ScenarioPlay] {
        await withTaskGroup { group in
            // The longest first, so that no core waits for a last long one.
            let longestFirst = scenarios.enumerated().sorted { $0.element.rounds > $1.element.rounds }
            for (index, scenario) in longestFirst {
                group.addTask { @concurrent in
                    var scenario = scenario
                    if let seed { scenario.seed = seed }
                    return (
                        index,
                        isWhole
                            ? await ScenarioPlay(scenario, wholeAt: phase) : ScenarioPlay(scenario, phase: phase)
                    )
                }
            }
            var plays: [(Int, ScenarioPlay)] = []
            for await play in group { plays.append(play) }
            return plays.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// The verdict log: one JSON object per line.
    package var log: String {
        lines.map { $0.json + "\n" }.joined()
    }

    /// One line, and one more for each fault.
    package var summary: String {
        ([(score.passes ? "pass  " : "FAIL  ") + scenario.id] + score.faults.map { "        " + $0 }).joined(
            separator: "\n")
    }

    /// The reports as text.
    package var story: String {
        var text = "\(scenario.title) (\(scenario.id))\n"
        if lines.isEmpty { text += "  nothing to tell\n" }
        for line in lines {
            let page = line.page ? ", page" : ""
            let event = line.event == .open ? "" : " (\(line.event.rawValue))"
            text +=
                "  \(Self.moment(line.minute))  \(line.severity.rawValue)\(page): \(line.incidentClass.rawValue)\(event)\n"
            for row in line.text.split(separator: "\n", omittingEmptySubsequences: false) { text += "      \(row)\n" }
        }
        return text + "  " + summary.split(separator: "\n").joined(separator: "\n  ") + "\n"
    }

    /// Formats minutes as days and hours: `day 13 08:05`; the learning time is before day 0.
    private static func moment(_ minute: Int) -> String {
        let day = floorDivide(minute, 1440)
        let rest = minute - day * 1440
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "day \(day) \(two(rest / 60)):\(two(rest % 60))"
    }
}
