import LapwingCore
import Synchronization

/// Mutates the rules, one line of a severity table at a time, and checks whether a scenario detects each mutation.
package struct MutationRun: Sendable {
    /// A mutation of one line of a rule's severity table.
    package enum Change: String, CaseIterable, Sendable {
        /// The line has no findings.
        case off
        /// The class of its findings is the routine one.
        case reclassed = "class"
        /// Its findings have no text.
        case wordless = "text"
    }

    /// One line of a rule: a code with a class.
    struct Line: Hashable, Sendable, CustomStringConvertible {
        var rule: String
        var code: FindingCode
        var incidentClass: IncidentClass

        var description: String { "\(rule): \(code) as \(incidentClass.rawValue)" }
    }

    /// A mutated line with the scenario that detects it; nil if none does.
    package struct Result: Sendable {
        var line: Line
        /// The mutation.
        package var change: Change
        /// The identifier of the scenario that failed; nil if all passed.
        package var caughtBy: String?

        /// One line for the terminal.
        package var text: String {
            let name = "\(line), \(change.rawValue)"
            return caughtBy.map { "\(name) -> \($0)" } ?? "\(name) -> no scenario notices"
        }
    }

    /// The largest number of scenarios that are tried for one mutation.
    private static let mostTries = 24

    private let scenarios: [Scenario]
    private let phase: Int
    private let only: String

    /// - Parameter only: part of the name of a line, such as a rule or a code; empty for every line.
    package init(_ scenarios: [Scenario], phase: Int, only: String = "") {
        // Short scenarios first, since one detection is sufficient.
        self.scenarios = scenarios.sorted { $0.rounds < $1.rounds }
        self.phase = phase
        self.only = only
    }

    /// Runs all mutations of all lines, in the order of the rules.
    package func run() async -> [Result] {
        let seen = await witnesses()
        var order: [Line] = []
        // The findings of a first look are never reported on their own, so no scenario can detect that one is missing.
        for rule in Rulebook.all where rule.phase == .always {
            for row in rule.table {
                let line = Line(rule: rule.name, code: row.code, incidentClass: row.incidentClass)
                if !order.contains(line), only.isEmpty || "\(line)".contains(only) { order.append(line) }
            }
        }
        let tasks = order.flatMap { line in Change.allCases.map { (line, $0) } }
        return await withTaskGroup { group in
            for (index, (line, change)) in tasks.enumerated() {
                group.addTask { @concurrent in (index, attempt(line, change, seen[line] ?? [])) }
            }
            var results: [(Int, Result)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func attempt(_ line: Line, _ change: Change, _ witnesses: [Scenario]) -> Result {
        let rules = Rulebook.all.map { $0.mutated(line, change) }
        let catcher = witnesses.prefix(Self.mostTries).first { scenario in
            !ScenarioPlay(scenario, phase: phase, rules: rules).score.passes
        }
        return Result(line: line, change: change, caughtBy: catcher?.id)
    }

    /// Returns the passing scenarios in which each line has findings, short ones first.
    private func witnesses() async -> [Line: [Scenario]] {
        await withTaskGroup { group in
            for (index, scenario) in scenarios.enumerated().reversed() {
                group.addTask { @concurrent in
                    let recorder = Recorder()
                    let rules = Rulebook.all.map { $0.recorded(by: recorder) }
                    let passes = ScenarioPlay(scenario, phase: phase, rules: rules).score.passes
                    return (index, passes ? recorder.lines : [])
                }
            }
            var found: [(Int, Set<Line>)] = []
            for await entry in group { found.append(entry) }
            var result: [Line: [Scenario]] = [:]
            for (index, lines) in found.sorted(by: { $0.0 < $1.0 }) {
                for line in lines { result[line, default: []].append(scenarios[index]) }
            }
            return result
        }
    }

    /// Records the lines with findings.
    final class Recorder: Sendable {
        private let seen = Mutex<Set<Line>>([])

        var lines: Set<Line> { seen.withLock { $0 } }

        func note(_ findings: [Finding], of rule: String) {
            guard !findings.isEmpty else { return }
            seen.withLock { seen in
                for finding in findings {
                    seen.insert(Line(rule: rule, code: finding.code, incidentClass: finding.incidentClass))
                }
            }
        }
    }
}

extension Rule {
    fileprivate func recorded(by recorder: MutationRun.Recorder) -> Rule {
        var rule = self
        rule.judge = { [judge, name] picture, found in
            let findings = judge(picture, found)
            recorder.note(findings, of: name)
            return findings
        }
        return rule
    }

    fileprivate func mutated(_ line: MutationRun.Line, _ change: MutationRun.Change) -> Rule {
        guard name == line.rule else { return self }
        var rule = self
        rule.judge = { [judge] picture, found in
            judge(picture, found).compactMap { finding in
                guard finding.code == line.code, finding.incidentClass == line.incidentClass else { return finding }
                var finding = finding
                switch change {
                case .off: return nil
                case .reclassed: finding.incidentClass = .routine
                case .wordless: finding.text = Narrative("")
                }
                return finding
            }
        }
        return rule
    }
}
