import DNSWire
import LapwingCore
import Testing

/// What an announcement does not cover, however near it comes, and what cannot be announced at all.
@Suite struct AnnouncedBoundsTests {
    private func world(_ lines: [String], hours: Int64 = 2) throws -> SmallWorld {
        var world = try SmallWorld()
        try world.poll(30)
        let now = SmallWorld.start.adding(seconds: world.minute * 60)
        let changes = try AnnouncedText.read(lines).changes
        world.watch.announced.append(
            MaintenanceWindow(from: now, to: now.adding(seconds: hours * 3600), content: changes))
        world.watch = world.watch.looking(at: changes)
        return world
    }

    /// What was told but for ends.
    private func told(_ world: SmallWorld) -> [FindingCode] { world.events.filter { $0.kind != .close }.map(\.code) }

    /// Delegates to the announced servers, which have the zone and name themselves.
    private func move(_ world: inout SmallWorld) throws {
        let key = try SmallWorld.key("tern.test", "NS")
        let moved = SmallWorld.Entry(ttl: 86_400, data: ["ns1.egret.test.", "ns2.egret.test."])
        for host in ["ns1.egret.test", "ns2.egret.test"] {
            world.zones[host] = world.zones["ns1.heron.test"]
            world.zones[host]?[key] = moved
        }
        world.listed = ["ns1.egret.test", "ns2.egret.test"]
    }

    @Test func whatComesAfterItsEndIsNotConfirmed() throws {
        var world = try world(["login.tern.test A 203.0.113.77"], hours: 1)
        try world.poll(12)
        world.watch.announced = []
        try world.poll(2)
        try world.put("login.tern.test", "A", 60, ["203.0.113.77"])
        try world.poll(12)
        #expect(told(world).contains(.recordHijacked))
        #expect(!told(world).contains(.changeConfirmed))
    }

    /// One new server has the announced address, the other one a third.
    @Test func oneOfTheNewServersWithOtherContentIsAHijack() throws {
        var world = try world([
            "tern.test NS ns1.egret.test ns2.egret.test", "login.tern.test A 203.0.113.77",
        ])
        try move(&world)
        let key = try SmallWorld.key("login.tern.test", "A")
        world.zones["ns1.egret.test"]?[key] = SmallWorld.Entry(ttl: 60, data: ["203.0.113.77"])
        world.zones["ns2.egret.test"]?[key] = SmallWorld.Entry(ttl: 60, data: ["203.0.113.78"])
        try world.poll(6)
        #expect(told(world).contains(.delegationHijacked), "\(told(world))")
        #expect(!told(world).contains(.changeConfirmed))
    }

    @Test func aMoveAndAChangeTogetherAreConfirmed() throws {
        var world = try world([
            "tern.test NS ns1.egret.test ns2.egret.test", "login.tern.test A 203.0.113.77",
        ])
        try move(&world)
        let key = try SmallWorld.key("login.tern.test", "A")
        for host in ["ns1.egret.test", "ns2.egret.test"] {
            world.zones[host]?[key] = SmallWorld.Entry(ttl: 60, data: ["203.0.113.77"])
        }
        try world.poll(20)
        #expect(told(world) == [.changeConfirmed], "\(world.events.map(\.title))")
    }

    @Test func newServersThatDoNotAnswerAreNoMoveThatIsDone() throws {
        var world = try world(["tern.test NS ns1.egret.test ns2.egret.test"])
        try move(&world)
        world.silent = ["ns1.egret.test", "ns2.egret.test"]
        try world.poll(6)
        #expect(!told(world).contains(.changeConfirmed))
        #expect(world.events.contains { $0.severity == .critical }, "\(world.events.map(\.title))")
    }

    // MARK: What people type

    @Test(arguments: [
        ["a.test SOA ns.a.test. host.a.test. 1 2 3 4 5"], ["a.test DNSKEY -"], ["a.test RRSIG -"], ["a.test ANY -"],
        ["a.test registrar One", "b.test registrar Other"], ["a.test CNAME x.test y.test"],
        (0...AnnouncedChange.limit).map { "n\($0).test A -" },
        (0...AnnouncedChange.mostValues).map { "a.test TXT text-\($0)" },
    ])
    func whatCannotBeAnnouncedIsRefused(_ lines: [String]) {
        #expect(throws: AnnouncedText.Fault.self) { try AnnouncedText.read(lines) }
    }

    @Test func aZoneBelowAndTheSameTwiceAreRefused() throws {
        let domain = try Name("a.test")
        let at = SmallWorld.start
        func announce(_ changes: [(AnnouncedChange, Name)]) throws {
            _ = try AnnouncedWindow.announcing(
                changes, from: at, to: at.adding(seconds: 60), reason: "", person: "", domain: { _ in domain })
        }
        let below = try AnnouncedText.read(["sub.a.test NS ns1.b.test"])
        #expect(throws: AnnouncedText.Fault.self) { try announce(Array(zip(below.changes, below.names))) }
        let one = try AnnouncedText.read(["www.a.test A 192.0.2.1"])
        try announce(Array(zip(one.changes, one.names)))
        #expect(throws: AnnouncedText.Fault.self) {
            try announce(Array(zip(one.changes + one.changes, one.names + one.names)))
        }
    }

    @Test func signaturesOfADifferenceArePassedOver() throws {
        let text = """
            --- a
            +++ b
            -www.tern.test. 300 IN A 192.0.2.1
            -tern.test. 300 IN NSEC www.tern.test. A NS SOA
            +www.tern.test. 300 IN A 192.0.2.2
            +tern.test. 300 IN NSEC www.tern.test. A NS SOA MX
            """
        let changes = try AnnouncedDiff(text, origin: .root).changes { _ in nil }
        #expect(changes.flatMap(\.lines) == ["www.tern.test. A 192.0.2.2"])
    }
}
