import DNSWire
import Foundation
import LapwingCore
import Testing

/// Names outside that go, stay away for a day and more, and come back.
@Suite struct DependencyTests {
    struct Return: CustomTestStringConvertible {
        var name: String
        var address: String
        var isFree: Bool
        /// Polls of five minutes without it.
        var polls: Int
        /// Codes of what was told, in order.
        var told: [FindingCode]
        var testDescription: String { name }
    }

    static let returns = [
        Return(
            name: "free, and bought", address: "203.0.113.66", isFree: true, polls: 300,
            told: [.dependencyFree, .dependencyTaken]),
        Return(
            name: "free, and renewed", address: "192.0.2.140", isFree: true, polls: 300, told: [.dependencyFree]),
        Return(
            name: "dropped, and claimed", address: "203.0.113.66", isFree: false, polls: 300,
            told: [.dependencyMissing, .dependencyTaken]),
        Return(
            name: "moved within the day", address: "203.0.113.66", isFree: false, polls: 200, told: [.dependencyMissing]
        ),
        Return(name: "a blip", address: "203.0.113.66", isFree: true, polls: 10, told: []),
    ]

    @Test(arguments: returns) func aMailHostComesBack(_ example: Return) throws {
        var world = try Self.world()
        world.dependencies = [try Self.view(.exists, "192.0.2.140")]
        try world.poll(30)
        world.dependencies = [try Self.view(.absent, isFree: example.isFree)]
        try world.poll(example.polls)
        world.dependencies = [try Self.view(.exists, example.address)]
        try world.poll(6)
        var told: [FindingCode] = []
        for event in world.events where event.kind != .close && !told.contains(event.code) { told.append(event.code) }
        #expect(told == example.told)
        guard example.told.contains(.dependencyTaken) else {
            #expect(world.state.book.open.isEmpty)
            return
        }
        #expect(world.events.last?.severity == .critical)
        let outcome = Flow.accept(
            state: world.state, incident: nil, by: "ann", at: SmallWorld.start.adding(seconds: world.minute * 60))
        world.state = outcome.state
        #expect(try world.poll(20).isEmpty)
    }

    @Test func aNameThatNeverWasIsNotMissed() throws {
        var world = try Self.world()
        world.dependencies = [try Self.view(.absent, isFree: false)]
        try world.poll(60)
        #expect(world.events.isEmpty)
    }

    @Test func whatIsKeptIsBounded() throws {
        var world = try Self.world()
        for last in 1...40 {
            world.dependencies = [try Self.view(.exists, "192.0.2.\(last)")]
            try world.poll()
        }
        #expect(world.state.dependencies[try Name("mx.osprey.test")]?.data?.count == 16)
    }

    @Test func anotherOrderIsNothingNew() throws {
        var world = try Self.world()
        let first = try Self.view(.exists, "192.0.2.1")
        var both = first
        both.data += try Self.view(.exists, "192.0.2.2").data
        world.dependencies = [both]
        try world.poll()
        let before = world.state.dependencies
        both.data.reverse()
        for view in [both, first] {
            world.dependencies = [view]
            try world.poll()
            #expect(world.state.dependencies == before)
        }
    }

    @Test func memoriesOfBeforeAreRead() throws {
        let text = #"{"absentPolls":3,"existed":true}"#
        let memory = try JSONDecoder().decode(DependencyMemory.self, from: Data(text.utf8))
        #expect(memory.absentPolls == 3 && memory.data == nil)
    }

    private static func world() throws -> SmallWorld {
        var world = try SmallWorld()
        try world.put("tern.test", "MX", 3600, ["10 mail.tern.test.", "50 mx.osprey.test."])
        return world
    }

    private static func view(
        _ state: DependencyView.State, _ address: String? = nil, isFree: Bool = false
    ) throws -> DependencyView {
        DependencyView(
            name: try Name("mx.osprey.test"), registrable: try Name("osprey.test"),
            domainState: isFree ? state : .exists, nameState: state, registered: isFree ? false : nil,
            data: try address.map { [try RecordData(type: .a, text: $0)] } ?? [])
    }
}
