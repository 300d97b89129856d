import DNSWire
import Foundation
import LapwingCore
import Testing

@Suite("A change is one change")
struct LastingChangeTests {
    private static func sentences(_ changes: [Change]) -> [String] {
        changes.map { ($0.backSince == nil ? "" : "back: ") + "\($0.name) \($0.kind) \($0.new.joined(separator: ","))" }
    }

    /// Another delegation, which nobody announced, with other data behind it.
    private static func hijack(_ world: inout SmallWorld) throws {
        world.listed = ["ns1.egret.test", "ns2.egret.test"]
        var zone = world.zones["ns1.heron.test"] ?? [:]
        zone[try SmallWorld.key("tern.test", "NS")] = .init(ttl: 300, data: ["ns1.egret.test.", "ns2.egret.test."])
        zone[try SmallWorld.key("tern.test", "A")] = .init(ttl: 60, data: ["203.0.113.66"])
        zone[try SmallWorld.key("login.tern.test", "A")] = .init(ttl: 60, data: ["203.0.113.66"])
        world.zones["ns1.egret.test"] = zone
        world.zones["ns2.egret.test"] = zone
    }

    @Test("a hijack is written down once while it lasts, and its end once")
    func hijack() throws {
        var world = try SmallWorld()
        try world.poll(30)
        #expect(world.written.isEmpty)
        try Self.hijack(&world)
        try world.poll(40)
        let told = Self.sentences(world.written)
        #expect(told.contains("tern.test. NS ns1.egret.test.,ns2.egret.test."))
        #expect(told.count == Set(told).count, "\(told)")
        #expect(world.state.lasting?.changes.count == told.count)
        // Whoever accepts it is asked for the delegation first.
        let normal = world.state.book.open.map(\.normal)
        #expect(normal.contains { $0.hasPrefix("tern.test NS is now ns1.egret.test, ns2.egret.test") }, "\(normal)")
        let before = world.written.count
        world.listed = ["ns1.heron.test", "ns2.heron.test"]
        try world.poll(6)
        let back = Array(world.written.dropFirst(before))
        #expect(back.count == before && back.allSatisfy { $0.backSince != nil }, "\(Self.sentences(back))")
        #expect(back.contains { $0.kind == .records(.ns) && $0.new == ["ns1.heron.test.", "ns2.heron.test."] })
        #expect(world.state.lasting == nil)
        try world.poll(40)
        #expect(world.written.count == 2 * before)
    }

    @Test("what is undone is told once, its return at once, and to and fro no further")
    func told() throws {
        var world = try SmallWorld()
        try world.poll(30)
        let own = world.listed
        func lines(_ from: Int) -> [String] {
            world.events.dropFirst(from).map {
                "\($0.kind.rawValue)\($0.isBack == true ? " back" : "")\($0.page ? " page" : ""): "
                    + $0.title.prefix { $0 != "(" }
            }
        }
        let back = "update back: Back: tern.test delegation is back: now ns1.heron.test, ns2.heron.test "
        for turn in 0..<4 {
            var place = world.events.count
            try Self.hijack(&world)
            try world.poll(3)
            let found = lines(place)
            switch turn {
            case 0: #expect(found.first?.hasPrefix("open page: tern.test is delegated to ") == true, "\(found)")
            case 1, 2: #expect(found.first?.hasPrefix("update page: Again: tern.test is delegated") == true, "\(found)")
            default: #expect(found == [], "turn \(turn)")
            }
            place = world.events.count
            world.listed = own
            try world.poll(3)
            #expect(lines(place) == (turn < 2 ? [back] : []), "turn \(turn)")
            if turn == 0 {
                let text = world.events.last?.text ?? ""
                #expect(text.contains("It was reported as: tern.test is delegated to ns1.egret.test"), "\(text)")
                #expect(text.contains("\nDo: Find out who could do this"), "\(text)")
                #expect(world.state.book.open.first?.text.headline.contains("egret") == true, "what it was is kept")
            }
        }
    }

    @Test("the end of what was told to be undone is for those who keep a list")
    func end() throws {
        var world = try SmallWorld()
        try world.poll(30)
        let own = world.listed
        try Self.hijack(&world)
        try world.poll(3)
        world.listed = own
        try world.poll(3)
        let place = world.events.count
        try world.poll(600)
        let ends = world.events.dropFirst(place)
        #expect(ends.map(\.kind) == [.close] && ends.first?.isSettled == true, "\(ends.map(\.title))")
        #expect(ends.first?.title.hasPrefix("Over: ") == true)
    }

    @Test("what becomes normal has no way back, and may change again")
    func normal() throws {
        var world = try SmallWorld()
        try world.poll(30)
        try world.put("www.tern.test", "A", 300, ["198.51.100.20"])
        try world.poll(30)
        #expect(Self.sentences(world.written) == ["www.tern.test. A 198.51.100.20"])
        try world.put("www.tern.test", "A", 300, ["198.51.100.21"])
        try world.poll(30)
        #expect(world.written.map(\.new) == [["198.51.100.20"], ["198.51.100.21"]])
    }

    @Test("an acceptance writes nothing twice and ends the waiting")
    func acceptance() throws {
        var world = try SmallWorld()
        try world.poll(30)
        try Self.hijack(&world)
        try world.poll(3)
        let before = world.written
        let outcome = Flow.accept(
            state: world.state, incident: nil, by: "ann", at: SmallWorld.start.adding(seconds: world.minute * 60))
        #expect(outcome.changes.isEmpty)
        #expect(outcome.state.lasting == nil)
        world.state = outcome.state
        try world.poll(20)
        #expect(world.written.filter { $0.backSince != nil }.isEmpty, "\(Self.sentences(world.written))")
        #expect(world.written.count == before.count)
    }

    @Test("a round that sees nothing ends no change")
    func blind() throws {
        var world = try SmallWorld()
        try world.poll(30)
        try Self.hijack(&world)
        try world.poll(3)
        let before = world.written.count
        world.isOffline = true
        try world.poll(5)
        world.isOffline = false
        try world.poll(3)
        #expect(world.written.count == before)
    }

    @Test("memories of before have no such list, and keep it from then on")
    func stored() throws {
        var world = try SmallWorld()
        try world.poll(3)
        let old = try JSONEncoder().encode(world.state)
        #expect(!String(decoding: old, as: UTF8.self).contains("lasting"))
        try Self.hijack(&world)
        try world.poll(3)
        let back = try JSONDecoder().decode(WatchState.self, from: try JSONEncoder().encode(world.state))
        #expect(back.lasting == world.state.lasting && back.lasting?.isEmpty == false)
    }
}

@Suite("The evidence")
struct EvidenceTests {
    @Test("of a hijack shows the name servers that the zone above gives")
    func referral() throws {
        let domain = try Name("tern.test")
        let key = RecordSetKey(domain, .ns)
        var answer = Answer(outcome: .referral, at: SmallWorld.start)
        answer.authority = try ["ns2.egret.test.", "ns1.egret.test."].map { host in
            Record(name: domain, ttl: 300, data: try RecordData(type: .ns, text: host))
        }
        let parent = EvidencePointer(.parent(try #require(IPAddress("192.0.2.53"))), key)
        #expect(answer.proof(parent) == "delegated to ns1.egret.test., ns2.egret.test.")
        let server = EvidencePointer(
            .authority(host: try Name("ns1.heron.test"), address: try #require(IPAddress("192.0.2.1"))), key)
        #expect(answer.proof(server) == "no authority (lame)")
    }
}
