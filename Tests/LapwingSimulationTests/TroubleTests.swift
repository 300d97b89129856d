import Foundation
import LapwingCore
import LapwingSimulation
import Testing

@Suite("Far more trouble than on any day")
struct TroubleTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/scenarios")

    @Test(
        "one packet of twenty lost each way and one answer of twenty a SERVFAIL wake nobody",
        arguments: [
            "b100-turned-away-here", "b42-operator-move-announced", "b83-servers-unreachable-from-here-only",
            "b88-many-small-things", "b119-two-resolvers-with-hiccups",
        ], [9, 10] as [UInt64])
    func noPage(id: String, seed: UInt64) throws {
        var scenario = try ScenarioFile.read(Self.folder.appending(path: id + ".yaml").path())
        scenario.seed = seed
        var trouble = Noise(seed: seed)
        trouble.loss = 500
        trouble.resolverFailures = 500
        let play = ScenarioPlay(scenario, phase: Int(2 + seed) % scenario.monitor.poll, noise: trouble)
        #expect(play.score.pages == 0, "\(play.story)")
    }
}
