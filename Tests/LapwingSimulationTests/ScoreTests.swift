import LapwingCore
import LapwingSimulation
import Testing

@Suite struct ScoreTests {
    private static let expectations = """
        expect:
          ceiling: notice
          max_pages: 1
          max_notices: 2
          quiet: [{from: 50, to: 60}]
          incidents:
            - {class: hijack-suspected, or: [dnssec-broken], severity: critical, page: true, visible: 10, polls: 2, via: dns, by: 20, hold: 40, say: [NS, [one, two]]}
        """

    struct Case: Sendable, CustomStringConvertible {
        var description: String
        var lines: [VerdictLine]
        var passes: Bool
    }

    static func line(
        _ minute: Int, _ event: IncidentEvent.Kind = .open, _ kind: IncidentClass = .hijackSuspected,
        _ severity: Severity = .critical, page: Bool = true, id: String = "1", text: String = "ns Two"
    ) -> VerdictLine {
        VerdictLine(
            minute: minute, event: event, incident: id, incidentClass: kind, severity: severity, page: page, text: text)
    }

    static let cases = [
        Case(description: "in time", lines: [line(12)], passes: true),
        Case(description: "another class that is as good", lines: [line(20, .open, .dnssecBroken)], passes: true),
        Case(description: "silence", lines: [], passes: false),
        Case(description: "late", lines: [line(21)], passes: false),
        Case(description: "too early", lines: [line(9)], passes: false),
        Case(description: "without a page", lines: [line(12, page: false)], passes: false),
        Case(description: "text lacks a word", lines: [line(12, text: "ns")], passes: false),
        Case(description: "closed too early", lines: [line(12), line(39, .close)], passes: false),
        Case(description: "closed in time", lines: [line(12), line(40, .close)], passes: true),
        Case(
            description: "a false alarm",
            lines: [line(12), line(30, .open, .zoneStale, .warning, page: false, id: "2")], passes: false),
        Case(
            description: "a notice", lines: [line(12), line(30, .open, .zoneStale, .notice, page: false, id: "2")],
            passes: true),
        Case(
            description: "a notice where it must be quiet",
            lines: [line(12), line(55, .open, .zoneStale, .notice, page: false, id: "2")], passes: false),
        Case(description: "two pages", lines: [line(12), line(13, id: "2")], passes: false),
        Case(
            description: "an update pages",
            lines: [line(11, .open, .hijackSuspected, .warning, page: false), line(15, .update)], passes: true),
    ]

    @Test("Scoring", arguments: cases)
    func score(example: Case) throws {
        let text = """
            format: 1
            id: t
            kind: malign
            title: x
            world: {use: plain}
            timeline: []
            end: 100
            \(Self.expectations)
            """
        let scenario = try Scenario(yaml: text, file: "t", bases: ScenarioTree(yaml: Fixture.bases, file: "b"))
        let score = Score(example.lines, against: scenario.expectations)
        #expect(score.passes == example.passes, "\(score.faults)")
    }
}
