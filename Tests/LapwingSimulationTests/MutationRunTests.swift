import LapwingCore
import LapwingSimulation
import Testing

/// What a run of mutations tells, over one small story.
@Suite struct MutationRunTests {
    private static let story = """
        [{at: 10, rr: [[crake.test, A, 600, 203.0.113.9]]}]
        """

    private static func scenario(expecting incidents: String) throws -> Scenario {
        try Fixture.scenario(
            timeline: story,
            expect: "{ceiling: critical, max_pages: 9, max_notices: 99, incidents: \(incidents)}")
    }

    @Test("a change is noticed by the scenario that expects what is missing with it, and by no other")
    func noticed() async throws {
        let expected = """
            [{class: planned-change, severity: notice, page: false, visible: 10, by: 40, say: [crake.test A]}]
            """
        let lines = try await MutationRun(
            [Self.scenario(expecting: expected)], phase: 0, only: "content: record.changed"
        ).run()
        #expect(lines.map(\.change) == [.off, .reclassed, .wordless])
        #expect(lines.map(\.caughtBy) == ["t", "t", "t"])
        let blind = try await MutationRun(
            [Self.scenario(expecting: "[]")], phase: 0, only: "content: record.changed"
        ).run()
        #expect(blind.map(\.caughtBy) == [nil, nil, nil])
        #expect(blind[0].text == "content: record.changed as planned-change, off -> no scenario notices")
    }
}
