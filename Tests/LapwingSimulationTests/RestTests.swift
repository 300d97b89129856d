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
        let told = resting.run()
        let expected = awake.run()
        #expect(told.filter { $0.event != .close }.map(\.json) == expected.filter { $0.event != .close }.map(\.json))
        // Which cache of a resolver answers is chance that depends on the questions before: an end may come a round later.
        let ends = zip(told.filter { $0.event == .close }, expected.filter { $0.event == .close })
        #expect(told.count == expected.count)
        for (one, other) in ends { #expect(abs(one.minute - other.minute) <= scenario.monitor.poll) }
        #expect(awake.quietRounds == 0)
    }

    @Test("a domain where nothing happens rests nearly always")
    func rest() throws {
        let simulation = Simulation(try Fixture.scenario(end: 3 * 1440), phase: 2)
        #expect(simulation.run().isEmpty)
        #expect(simulation.quietRounds > 600)
    }
}
