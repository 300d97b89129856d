import Foundation
import LapwingSimulation
import Testing

/// What never rests is told, and not with each of its turns.
@Suite struct RestlessTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/scenarios")

    @Test(
        "a name that gives other records in each round is told of when that is known, and not with each of them",
        arguments: [
            "m179-addresses-that-never-come-twice", "m236-mail-hosts-that-never-come-twice",
            "b260-front-end-with-ever-new-addresses-of-our-own",
        ])
    func flux(name: String) throws {
        let scenario = try ScenarioFile.read(Self.folder.appending(path: "\(name).yaml").path())
        let lines = Simulation(scenario, phase: 2).run()
        // The first changes, what is made of them, and nothing after that.
        #expect((1...4).contains(lines.count))
    }

    @Test("a name that turns through its pool is not told of while an announced change is waited for")
    func announced() throws {
        let file = Self.folder.appending(path: "b259-announced-move-of-a-name-that-rotates.yaml")
        let lines = Simulation(try ScenarioFile.read(file.path()), phase: 2).run()
        #expect(lines.filter { $0.minute < 300 }.isEmpty)
    }
}
