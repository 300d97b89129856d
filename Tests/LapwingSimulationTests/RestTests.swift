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

    @Test("what is told, and when, is the same with and without rest", arguments: scenarios)
    func equivalence(file: String) throws {
        let scenario = try ScenarioFile.read(Self.folder.appending(path: file).path())
        let resting = Simulation(scenario, phase: 2)
        let awake = Simulation(scenario, phase: 2, rests: false)
        #expect(resting.run().map(\.json) == awake.run().map(\.json))
        #expect(awake.quietRounds == 0)
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
        #expect(simulation.run().isEmpty)
        // Of 864 rounds; the registry answers each hour, which ends a rest: two full rounds, the second to fall asleep.
        #expect(simulation.quietRounds > 700)
    }
}
