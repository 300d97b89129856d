import Foundation
import LapwingCore
import LapwingSimulation
import Synchronization
import Testing

/// What rules find against what their tables say, over every scenario.
@Suite("Severity tables")
struct SeverityTableTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/scenarios")

    /// Notes findings that have no line in their rule's table.
    private final class Audit: Sendable {
        private let noted = Mutex<(missing: Set<String>, seen: Int)>(([], 0))

        var missing: [String] { noted.withLock { $0.missing.sorted() } }
        var seen: Int { noted.withLock { $0.seen } }

        func rule(_ rule: Rule) -> Rule {
            var audited = rule
            audited.judge = { picture, found in
                let findings = rule.judge(picture, found)
                for finding in findings { self.note(finding, of: rule) }
                return findings
            }
            return audited
        }

        private func note(_ finding: Finding, of rule: Rule) {
            let stands = rule.table.contains {
                $0.code == finding.code && $0.incidentClass == finding.incidentClass
                    && $0.severities.contains(finding.severity)
            }
            noted.withLock { noted in
                noted.seen += 1
                guard !stands else { return }
                noted.missing.insert(
                    "\(rule.name): \(finding.code) as \(finding.incidentClass.rawValue), \(finding.severity.rawValue)")
            }
        }
    }

    @Test("every finding of every scenario stands in its rule's table")
    func complete() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
            .filter { $0.hasSuffix(".yaml") && $0 != ScenarioFile.basesName }.sorted()
        #expect(files.count >= 200)
        let audit = Audit()
        let rules = Rulebook.all.map(audit.rule)
        for file in files {
            let scenario = try ScenarioFile.read(Self.folder.appending(path: file).path())
            _ = Simulation(scenario, phase: 2, rules: rules).run()
        }
        #expect(audit.seen > 1000)
        #expect(audit.missing == [])
    }

    @Test(
        "a rule's table decides how severe its findings are",
        arguments: [
            ([Severity.notice], Severity.notice), ([.notice, .warning], .warning), ([.info, .notice], .notice),
            ([.critical], .critical), ([.info, .warning], .warning),
        ])
    func table(_ severities: [Severity], _ told: Severity) throws {
        let rule = Rule(
            "test", references: ["-"],
            table: [Rule.Row(.recordUnexpected, .plannedChange, Set(severities), "always")]
        ) { picture, _ in
            var finding = Finding(
                .recordUnexpected, .change, .plannedChange, .warning, text: Narrative("Something is odd."))
            finding.need = .now
            return picture.isRegular ? [finding] : []
        }
        let lines = Simulation(try Fixture.scenario(end: 0), phase: 0, rules: [rule]).run()
        #expect(lines.first?.severity == told)
    }

    @Test(
        "an operator's severity counts instead, and what is learnt stays as it is",
        arguments: ["critical", "warning", "info"])
    func override(_ severity: String) throws {
        let timeline = "[{at: 10, rr: [[crake.test, A, 600, 203.0.113.9]]}]"
        let plain = Simulation(try Fixture.scenario(timeline: timeline), phase: 0)
        let loud = Simulation(
            try Fixture.scenario(
                timeline: timeline, more: "monitor: {severities: [[record.changed, \(severity)]]}"),
            phase: 0)
        // The small world has faults of posture as well.
        let before = plain.run().filter { $0.event == .open && $0.incidentClass == .plannedChange }
        let after = loud.run().filter { $0.event == .open && $0.incidentClass == .plannedChange }
        #expect(before.map(\.severity) == [.notice])
        #expect(after.map(\.severity.rawValue) == [severity])
        #expect(before.map(\.minute) == after.map(\.minute) || severity == "info")
        #expect(after.map(\.page) == [severity == "critical"])
    }
}
