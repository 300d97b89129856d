import Foundation
import LapwingCore
import LapwingSimulation
import Testing

@Suite("Rounds that are only asked, not judged")
struct RestTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/scenarios")

    static let scenarios: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? [])
        .filter { $0.hasSuffix(".yaml") && $0 != ScenarioFile.basesName }.sorted()

    @Test("the scenarios are there: without them the tests below would have nothing to show")
    func scenariosAreFound() {
        #expect(Self.scenarios.count >= 200)
    }

    /// Minutes that a story may last to be played without rest: ten thousands of full rounds take minutes.
    private static let longest = 8 * 1440

    /// Stories that are played without rest too: every third, or all of them with LAPWING_ALL_STORIES in the environment.
    private static let compared = Set(
        ProcessInfo.processInfo.environment["LAPWING_ALL_STORIES"] == nil
            ? stride(from: 1, to: scenarios.count, by: 3).map { scenarios[$0] } : scenarios)

    @Test("what is told, and when, is the same with and without rest", arguments: scenarios)
    func equivalence(file: String) throws {
        let scenario = try ScenarioFile.read(Self.folder.appending(path: file).path())
        guard scenario.end <= Self.longest, Self.compared.contains(file) else { return try audit(scenario) }
        let resting = Simulation(scenario, phase: 2)
        let awake = Simulation(scenario, phase: 2, rests: false)
        // The same run shows that what is kept and told fits together after every step.
        let audit = try BookAudit()
        let told = try resting.run(inspect: audit.note)
        #expect(told.map(\.json) == awake.run().map(\.json))
        #expect(awake.quietRounds == 0)
        #expect(audit.faults.isEmpty)
        #expect(resting.faults.isEmpty && awake.faults.isEmpty, "\(resting.faults) \(awake.faults)")
    }

    /// Only the first half of what is compared above: what is kept and told fits together after every step.
    private func audit(_ scenario: Scenario) throws {
        let resting = Simulation(scenario, phase: 2)
        let audit = try BookAudit()
        _ = try resting.run(inspect: audit.note)
        #expect(audit.faults.isEmpty && resting.faults.isEmpty, "\(resting.faults)")
    }

    @Test("few stories are too long to be compared")
    func longStories() throws {
        let long = try Self.scenarios.filter { file in
            try ScenarioFile.read(Self.folder.appending(path: file).path()).end > Self.longest
        }
        #expect(long.count <= 20, "\(long)")
    }

    @Test("under everyday trouble too", arguments: scenarios.prefix(12))
    func noise(file: String) throws {
        let scenario = try ScenarioFile.read(Self.folder.appending(path: file).path())
        let resting = Simulation(scenario, phase: 1, noise: Noise(seed: 5))
        let awake = Simulation(scenario, phase: 1, noise: Noise(seed: 5), rests: false)
        #expect(resting.run().map(\.json) == awake.run().map(\.json))
    }

    @Test("a domain where nothing happens rests nearly always")
    func rest() throws {
        let simulation = Simulation(try Fixture.scenario(end: 3 * 1440), phase: 2)
        #expect(simulation.run().allSatisfy { $0.incidentClass == .posture && $0.severity == .info })
        // Of 864 rounds; the registry answers each hour, which ends a rest, and the next one begins with the same round.
        #expect(simulation.quietRounds > 770)
    }
}
