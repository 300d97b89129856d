import LapwingCore
import Testing

@Suite("Rounds that are passed, not made")
struct QuietRoundTests {
    @Test("many at once come to the same as one after the other")
    func together() throws {
        var world = try SmallWorld()
        try world.poll(30)
        world.silent = ["ns1.heron.test"]
        try world.poll(12)
        world.silent = []
        try world.poll(1)
        let start = try snapshot(world)
        var single = world.state
        for round in 1...40 as ClosedRange<Int64> {
            single.passQuietRounds(
                1, until: start.at.adding(seconds: round * 300), monotonic: start.monotonic + round * 300)
        }
        var many = world.state
        many.passQuietRounds(40, until: start.at.adding(seconds: 12_000), monotonic: start.monotonic + 12_000)
        #expect(many == single)
        #expect(many != world.state)
        #expect(many.rounds == world.state.rounds + 40)
    }

    @Test("no rest goes beyond the end of an incident", arguments: ["ns1.heron.test", "ns2.heron.test"])
    func ends(host: String) throws {
        var world = try SmallWorld()
        try world.poll(30)
        world.silent = [host]
        #expect(try world.poll(12).contains { $0.kind == .open })
        world.silent = []
        var rests: [Timestamp] = []
        for _ in 0..<40 {
            let snapshot = try snapshot(world)
            let before = world.state
            let outcome = Flow.round(watch: world.watch, state: before, snapshot: snapshot, verifier: NoCrypto())
            let until = Flow.rest(
                watch: world.watch, before: before, outcome: outcome, snapshot: snapshot, verifier: NoCrypto())
            let closed = try world.poll().contains { $0.kind == .close }
            guard closed else {
                if let until { rests.append(until) }
                continue
            }
            // The round with the end may begin a rest.
            #expect(rests.allSatisfy { $0 <= snapshot.at })
            return
        }
        Issue.record("the incident never ended")
    }

    private func snapshot(_ world: SmallWorld) throws -> Snapshot { try world.snapshot(.regular, after: 0) }
}
