import LapwingCore
import Testing

@Suite("A memory that was lost")
struct LostMemoryTests {
    @Test("is told at once, once, until a person accepts it, and what was open stays open")
    func told() throws {
        var world = try SmallWorld()
        try world.poll(30)
        world.zones["ns1.heron.test"]?[try SmallWorld.key("tern.test", "MX")] = nil
        world.zones["ns2.heron.test"]?[try SmallWorld.key("tern.test", "MX")] = nil
        try world.poll(12)
        let open = world.state.book.open
        #expect(open.contains { $0.cause == .loss })
        world.state = WatchState(afterLossAt: SmallWorld.start, open: open, nextIncident: 9)
        let events = try world.poll(20)
        let told = events.filter { $0.code == .monitorMemory }
        #expect(told.map(\.kind) == [.open] && told[0].severity == .warning && told[0].incident == "tern.test-9")
        #expect(world.state.book.open.contains { $0.cause == .loss }, "nothing is over for want of a memory")
        world.state = Flow.accept(state: world.state, incident: nil, by: "me", at: SmallWorld.start).state
        #expect(try world.poll(5).allSatisfy { $0.code != .monitorMemory })
        #expect(world.state.book.open.isEmpty)
    }
}
