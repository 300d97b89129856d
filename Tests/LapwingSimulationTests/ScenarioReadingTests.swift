import LapwingSimulation
import Testing

@Suite struct ScenarioReadingTests {
    @Test(
        "Each fault is told with its place",
        arguments: [
            ("world: {use: plain, colour: red}", "t.yaml", "has no key \"colour\""),
            ("world: {use: plain, parent: {ns_ttl: soon}}", "t.yaml", "must be a whole number"),
            ("world: {use: plain, zones: {main: {rrs: [[crake.test, A, 60, 203.0.113]]}}}", "t.yaml", "not A data"),
            ("world: {use: plain, zones: {main: {rrs: [[other.test, A, 60, 203.0.113.1]]}}}", "t.yaml", "is outside"),
            ("world: {use: plain, parent: {denial: never}}", "t.yaml", "must be one of nsec, nsec3, nsec3-opt-out"),
            ("world: {use: plain, conds: [{id: a, actor: s, do: forget}]}", "t.yaml", "cannot be on s"),
            ("world: {use: plain, conds: [{id: a, actor: nobody, do: timeout}]}", "t.yaml", "cannot be on nobody"),
            ("world: {use: plain}\nmonitor: {poll: 0}", "t.yaml", "must be from 1 to 1440"),
            ("world: {use: plain}\nmonitor: {domain: other.test}", "t.yaml", "origin of zone main"),
            ("world: {use: none}", "bases.yaml", "missing key \"none\""),
        ])
    func faults(body: String, file: String, text: String) throws {
        let whole = """
            format: 1
            id: t
            kind: benign
            title: x
            timeline: []
            end: 1
            expect: {ceiling: info, max_pages: 0, max_notices: 0, incidents: []}
            \(body)
            """
        let bases = try ScenarioTree(yaml: Fixture.bases, file: "bases.yaml")
        let error = #expect(throws: ScenarioError.self) { try Scenario(yaml: whole, file: "t.yaml", bases: bases) }
        #expect(
            error?.faults.contains { $0.place.file == file && $0.text.contains(text) } == true,
            "\(error?.description ?? "")")
    }

    @Test(
        "A step that leads nowhere is a fault",
        arguments: [
            "[{at: 5, set: {parent/colour: red}}]", "[{at: 5, clear: [a]}]", "[{at: 5, set: {nowhere/x/y: 1}}]",
            "[{at: 5}, {at: 4}]", "[{at: 5, rr: [[crake.test, A, 1, 203.0.113.1]], in: other}]",
            "[{at: 5, flush: [nobody]}]",
        ])
    func steps(timeline: String) {
        #expect(throws: ScenarioError.self) { try Fixture.scenario(timeline: timeline) }
    }

    @Test("All faults are told at once")
    func allAtOnce() {
        let error = #expect(throws: ScenarioError.self) {
            try Fixture.scenario(world: "{use: plain, colour: 1, seed: x, parent: {state: odd}}")
        }
        #expect((error?.faults.count ?? 0) >= 2)
    }

    @Test(
        "Nonsense is refused",
        arguments: [
            "", "[", "a: &x [1]\nb: *x", "a: 1\na: 2", "\u{0}", "- - - - [",
        ])
    func nonsense(text: String) {
        #expect(throws: ScenarioError.self) {
            try Scenario(yaml: text, file: "t.yaml", bases: ScenarioTree(yaml: Fixture.bases, file: "b"))
        }
    }
}
