import DNSWire
import LapwingCore
import Testing

/// What is told of declared records, and when.
@Suite struct DriftRuleTests {
    /// The small world with its zone declared as it is served.
    static func world(
        _ change: (inout [String: [String]]) -> Void = { _ in }, fault: String? = nil
    ) throws -> SmallWorld {
        var world = try SmallWorld()
        var sets = [
            "tern.test A": ["198.51.100.1"], "tern.test MX": ["10 mail.tern.test."],
            "tern.test TXT": ["\"v=spf1 mx -all\""], "www.tern.test A": ["198.51.100.2", "198.51.100.3"],
            "login.tern.test A": ["198.51.100.4"],
        ]
        change(&sets)
        var zone = DeclaredZone(world.domain, source: "tern.zone", form: .zone, isComplete: true)
        for (set, texts) in sets.sorted(by: { $0.key < $1.key }) {
            let words = set.split(separator: " ").map(String.init)
            let key = try SmallWorld.key(words[0], words[1])
            for text in texts {
                zone.add(
                    DeclaredZone.Entry(data: try RecordData(type: key.type, text: text), place: "tern.zone:7"), to: key)
            }
        }
        world.watch.declaration = Declaration(sources: ["tern.zone"], isOwn: true)
        world.watch.declare(zone, fault: fault)
        return world
    }

    static func told(_ events: [IncidentEvent]) -> [IncidentEvent] { events.filter { "\($0.code)".hasPrefix("drift") } }

    @Test func whatIsDeclaredIsQuiet() throws {
        var world = try Self.world()
        #expect(Self.told(try world.poll(4)).isEmpty)
    }

    @Test func aDifferenceIsToldInTwoPollsAndEndsWhenItIsOver() throws {
        var world = try Self.world()
        try world.poll(3)
        try world.put("login.tern.test", "A", 3600, ["198.51.100.9"])
        #expect(Self.told(try world.poll()).isEmpty)
        let events = Self.told(try world.poll())
        #expect(events.map(\.kind) == [.open] && events.first?.severity == .warning)
        let text = try #require(events.first?.text)
        #expect(text.contains("all name servers answer 198.51.100.9; the file says 198.51.100.4"))
        try world.put("login.tern.test", "A", 3600, ["198.51.100.4"])
        #expect(Self.told(try world.poll(2)).contains { $0.kind == .close })
    }

    @Test func nothingSeenIsNeitherDriftNorItsEnd() throws {
        var world = try Self.world { $0["login.tern.test A"] = ["198.51.100.9"] }
        #expect(Self.told(try world.poll(3)).map(\.kind) == [.open])
        world.silent = ["ns1.heron.test", "ns2.heron.test"]
        #expect(Self.told(try world.poll(4)).isEmpty)
        world.silent = []
        #expect(Self.told(try world.poll(2)).isEmpty)
        var fresh = try Self.world()
        fresh.silent = ["ns1.heron.test", "ns2.heron.test"]
        #expect(Self.told(try fresh.poll(4)).isEmpty)
    }

    @Test func aBrokenSourceIsToldAndKeepsWhatItSaid() throws {
        var world = try Self.world({ $0["login.tern.test A"] = ["198.51.100.9"] }, fault: "tern.zone:3:1: not a name")
        let events = Self.told(try world.poll(3))
        #expect(Set(events.map { "\($0.code)" }) == ["drift.source", "drift.records"])
        #expect(events.contains { $0.text.contains("tern.zone:3:1: not a name") })
        world.watch.declare(nil, fault: "gone")
        #expect(!Self.told(try world.poll(1)).contains { $0.kind == .close && "\($0.code)" == "drift.source" })
    }
}
