import DNSWire
import LapwingCore
import Testing

/// What somebody announced word for word: confirmed in one message when it comes exactly so, and told as ever when it does not.
@Suite struct AnnouncedChangeTests {
    private func world(_ lines: [String], hours: Int64 = 2, settled: Int = 30) throws -> SmallWorld {
        var world = try SmallWorld()
        try world.poll(settled)
        try announce(lines, hours: hours, in: &world)
        return world
    }

    private func announce(_ lines: [String], hours: Int64 = 2, in world: inout SmallWorld) throws {
        let now = SmallWorld.start.adding(seconds: world.minute * 60)
        let changes = try AnnouncedText.read(lines).changes
        world.watch.announced.append(
            MaintenanceWindow(from: now, to: now.adding(seconds: hours * 3600), reason: "new host", content: changes))
        world.watch = world.watch.looking(at: changes)
    }

    /// What was told but for ends.
    private func told(_ world: SmallWorld) -> [IncidentEvent] { world.events.filter { $0.kind != .close } }

    @Test func whatComesExactlySoIsOneMessage() throws {
        var world = try world(["www.tern.test A 198.51.100.20"])
        try world.poll(2)
        #expect(told(world).isEmpty, "nothing before it came")
        try world.put("www.tern.test", "A", 300, ["198.51.100.20"])
        try world.poll(60)
        let events = told(world)
        #expect(events.map(\.code) == [.changeConfirmed])
        #expect(events.map(\.severity) == [.notice])
        #expect(events.first?.isChangeOfRecords == true, "told at once, be it a notice")
        #expect(events.first?.title.contains("everywhere by") == true, "\(events.first?.title ?? "")")
        #expect(events.first?.text.contains("new host") == true)
        #expect(world.written.map(\.new).contains(["198.51.100.20"]), "kept in the history")
    }

    @Test func announcementsOfOneMomentAreToldEachByItself() throws {
        var world = try world(["www.tern.test A 198.51.100.20"], hours: 6)
        try announce(["login.tern.test A 203.0.113.77"], hours: 6, in: &world)
        try world.put("www.tern.test", "A", 300, ["198.51.100.20"])
        try world.poll(30)
        #expect(told(world).map(\.code) == [.changeConfirmed], "one is done")
        try world.poll(120)
        #expect(told(world).map(\.code) == [.changeConfirmed, .changeMissing], "the other is missing at its end")
        #expect(told(world).last?.title.contains("login.tern.test") == true)
        for cause in [Cause.window(SmallWorld.start), .window(SmallWorld.start, of: "www.tern.test. A")] {
            #expect(Cause(cause.description) == cause)
        }
    }

    @Test func aSensitiveRecordIsNoHijackWhenItWasAnnounced() throws {
        var world = try world(["login.tern.test A 203.0.113.77"])
        try world.put("login.tern.test", "A", 60, ["203.0.113.77"])
        try world.poll(30)
        #expect(told(world).map(\.code) == [.changeConfirmed])
        #expect(told(world).allSatisfy { !$0.page })
    }

    /// The malign twin: the same moment, another address.
    @Test func anotherAddressAlarmsAsIfNothingWasAnnounced() throws {
        var world = try world(["login.tern.test A 203.0.113.77"])
        try world.put("login.tern.test", "A", 60, ["203.0.113.78"])
        var plain = try SmallWorld()
        try plain.poll(30)
        try plain.put("login.tern.test", "A", 60, ["203.0.113.78"])
        let (announced, unannounced) = (try world.poll(3), try plain.poll(3))
        #expect(announced.map(\.code) == unannounced.map(\.code))
        #expect(announced.map(\.severity) == unannounced.map(\.severity))
        #expect(announced.map(\.code) == [.recordHijacked])
        #expect(announced.first?.page == true)
    }

    @Test func theAnnouncedAddressBesideAnotherIsNotWhatWasAnnounced() throws {
        var world = try world(["login.tern.test A 203.0.113.77"])
        try world.put("login.tern.test", "A", 60, ["203.0.113.77", "203.0.113.78"])
        #expect(try world.poll(3).map(\.code) == [.recordHijacked])
    }

    @Test func anotherRecordBesideIsToldByItself() throws {
        var world = try world(["www.tern.test A 198.51.100.20"])
        try world.put("www.tern.test", "A", 300, ["198.51.100.20"])
        try world.put("login.tern.test", "A", 60, ["203.0.113.78"])
        try world.poll(3)
        #expect(Set(told(world).map(\.code)) == [.changeConfirmed, .recordHijacked])
    }

    @Test func oneServerWithOtherDataIsNoConfirmation() throws {
        var world = try world(["login.tern.test A 203.0.113.77"])
        try world.put("login.tern.test", "A", 60, ["203.0.113.77"])
        let key = try SmallWorld.key("login.tern.test", "A")
        world.zones["ns2.heron.test"]?[key] = SmallWorld.Entry(ttl: 60, data: ["203.0.113.78"])
        try world.poll(4)
        #expect(!told(world).map(\.code).contains(.changeConfirmed))
        #expect(told(world).contains { $0.severity >= .warning }, "\(told(world).map(\.code))")
    }

    @Test func whatDoesNotComeIsToldAtItsEnd() throws {
        var world = try world(["www.tern.test A 198.51.100.20"], hours: 1)
        try world.poll(12)
        #expect(told(world).isEmpty)
        world.watch.announced = []
        try world.poll(40)
        #expect(told(world).map(\.code) == [.changeMissing])
        #expect(told(world).map(\.severity) == [.warning])
        #expect(
            told(world).first?.text.contains("still 198.51.100.2, 198.51.100.3") == true,
            "\(told(world).first?.text ?? "")")
    }

    @Test func whatIsTakenBackIsNotWaitedFor() throws {
        var world = try world(["www.tern.test A 198.51.100.20"], hours: 1)
        try world.poll(3)
        world.watch.announced = []
        try world.poll(40)
        #expect(told(world).isEmpty)
    }

    @Test func whatHappensInPartIsSaidSo() throws {
        var world = try world(["www.tern.test A 198.51.100.20", "tern.test MX 10 mx.egret.test."], hours: 1)
        try world.put("www.tern.test", "A", 300, ["198.51.100.20"])
        try world.poll(12)
        #expect(told(world).isEmpty, "\(told(world).map(\.title))")
        world.watch.announced = []
        try world.poll(5)
        #expect(told(world).map(\.code) == [.changeMissing])
        #expect(told(world).first?.title.contains("in part only") == true)
        #expect(told(world).first?.text.contains("Done: www.tern.test A 198.51.100.20") == true)
    }

    @Test func someServersOnlyIsInPart() throws {
        var world = try world(["www.tern.test A 198.51.100.20"], hours: 1)
        let key = try SmallWorld.key("www.tern.test", "A")
        world.zones["ns1.heron.test"]?[key] = SmallWorld.Entry(ttl: 300, data: ["198.51.100.20"])
        try world.poll(12)
        #expect(!told(world).map(\.code).contains(.changeConfirmed))
        world.watch.announced = []
        try world.poll(3)
        let missing = told(world).first { $0.code == .changeMissing }
        #expect(
            missing?.text.contains("done at ns1.heron.test, not at ns2.heron.test.") == true,
            "\(missing?.text ?? "none")")
    }

    @Test func whereNobodyAnswersNothingIsMissing() throws {
        var world = try world(["www.tern.test A 198.51.100.20"], hours: 1)
        try world.poll(2)
        world.silent = ["ns1.heron.test", "ns2.heron.test"]
        world.watch.announced = []
        try world.poll(20)
        #expect(!told(world).map(\.code).contains(.changeMissing))
        #expect(!told(world).map(\.code).contains(.changeConfirmed))
    }

    @Test func severalChangesAreOneMessage() throws {
        var world = try world([
            "www.tern.test A 198.51.100.20", "login.tern.test A 203.0.113.77", "tern.test MX 10 mx.egret.test.",
        ])
        try world.put("www.tern.test", "A", 300, ["198.51.100.20"])
        try world.poll(2)
        try world.put("login.tern.test", "A", 60, ["203.0.113.77"])
        try world.put("tern.test", "MX", 3600, ["10 mx.egret.test."])
        try world.poll(30)
        #expect(told(world).map(\.code) == [.changeConfirmed])
        #expect(told(world).first?.title.contains("3 changes") == true)
        #expect(told(world).first?.changes.count == 3)
    }

    @Test func aSetThatWasNotWatchedIsLookedAt() throws {
        var world = try world(["new.tern.test TXT token=abc"])
        try world.poll(2)
        try world.put("new.tern.test", "TXT", 60, ["\"token=abc\""])
        try world.poll(20)
        #expect(told(world).map(\.code) == [.changeConfirmed])
    }

    @Test func whatIsToBeGoneIsConfirmed() throws {
        var world = try world(["login.tern.test A -"])
        try world.put("login.tern.test", "A", 3600, nil)
        try world.poll(20)
        #expect(told(world).map(\.code) == [.changeConfirmed])
    }

    @Test func aMoveOfTheNameServersIsConfirmedWhenTheZoneIsThere() throws {
        var world = try world(["tern.test NS ns1.egret.test ns2.egret.test"])
        let moved = ["ns1.egret.test.", "ns2.egret.test."]
        for host in ["ns1.egret.test", "ns2.egret.test"] { world.zones[host] = world.zones["ns1.heron.test"] }
        let key = try SmallWorld.key("tern.test", "NS")
        for host in world.zones.keys { world.zones[host]?[key] = SmallWorld.Entry(ttl: 86_400, data: moved) }
        world.listed = ["ns1.egret.test", "ns2.egret.test"]
        world.serial += 1
        try world.poll(20)
        #expect(told(world).map(\.code) == [.changeConfirmed], "\(told(world).map(\.title))")
    }

    @Test func aMoveToServersWithOtherContentIsAHijack() throws {
        var world = try world(["tern.test NS ns1.egret.test ns2.egret.test"])
        for host in ["ns1.egret.test", "ns2.egret.test"] {
            world.zones[host] = world.zones["ns1.heron.test"]
            world.zones[host]?[try SmallWorld.key("tern.test", "A")] = SmallWorld.Entry(
                ttl: 60, data: ["203.0.113.200"])
        }
        world.listed = ["ns1.egret.test", "ns2.egret.test"]
        try world.poll(4)
        #expect(told(world).map(\.code).contains(.delegationHijacked), "\(told(world).map(\.title))")
        #expect(!told(world).map(\.code).contains(.changeConfirmed))
    }

    @Test func theChangeBackIsNewsOfItsOwn() throws {
        var world = try world(["www.tern.test A 198.51.100.20"])
        try world.put("www.tern.test", "A", 300, ["198.51.100.20"])
        try world.poll(30)
        try world.put("www.tern.test", "A", 300, ["198.51.100.99"])
        try world.poll(4)
        #expect(told(world).map(\.code) == [.changeConfirmed, .recordChanged])
    }

    @Test func afterItsEndNothingIsCovered() throws {
        var world = try world(["login.tern.test A 203.0.113.77"], hours: 1)
        try world.poll(12)
        world.watch.announced = []
        try world.poll(2)
        try world.put("login.tern.test", "A", 60, ["203.0.113.77"])
        try world.poll(3)
        #expect(told(world).map(\.code).contains(.recordHijacked))
    }

    @Test func aWindowWithContentCoversNothingElse() throws {
        var world = try world(["www.tern.test A 198.51.100.20"])
        try world.put("tern.test", "MX", 60, ["10 mx.egret.test."])
        #expect(try world.poll(3).map(\.code) == [.recordHijacked])
    }

    // MARK: What people type

    @Test(arguments: [
        (["Shop.Example.org A 192.0.2.7"], ["shop.example.org. A 192.0.2.7"]),
        (["shop.example.org 300 IN A 192.0.2.8 192.0.2.7"], ["shop.example.org. A 192.0.2.7 192.0.2.8"]),
        (["a.test A 192.0.2.7", "a.test A 192.0.2.8"], ["a.test. A 192.0.2.7 192.0.2.8"]),
        (
            ["a.test MX 10 m1.a.test.", "a.test MX 20 m2.a.test."],
            ["a.test. MX 10 m1.a.test.", "a.test. MX 20 m2.a.test."]
        ),
        (["a.test TXT v=spf1 -all"], ["a.test. TXT \"v=spf1 -all\""]),
        (["a.test DS -"], ["a.test. DS -"]), (["a.test A absent"], ["a.test. A -"]),
        (["a.test registrar Example Ltd"], ["registrar Example Ltd"]),
    ])
    func linesAreRead(_ lines: [String], _ read: [String]) throws {
        let changes = try AnnouncedText.read(lines).changes
        #expect(changes.flatMap(\.lines) == read)
    }

    @Test(arguments: [
        [""], ["a.test"], ["a.test NOTYPE x"], ["a.test A"], ["a.test A 300.0.0.1"],
        ["a.test A -", "a.test A 192.0.2.1"],
        ["..test A 192.0.2.1"], [], ["a.test registrar"],
    ])
    func whatIsNoChangeIsRefused(_ lines: [String]) {
        #expect(throws: AnnouncedText.Fault.self) { try AnnouncedText.read(lines) }
    }

    @Test func aDifferenceOfZoneFilesIsRead() throws {
        let text = """
            --- a/zone\t2026-11-30
            +++ b/zone\t2026-11-30
            @@ -1,7 +1,8 @@
             $ORIGIN tern.test.
             $TTL 300
            -@ SOA ns1 host 1 7200 900 1209600 300
            +@ SOA ns1 host 2 7200 900 1209600 300
             www A 198.51.100.2
            -    A 198.51.100.3
            +    A 198.51.100.4
            +    AAAA 2001:db8::1
            -old A 198.51.100.9
            """
        let difference = try AnnouncedDiff(text, origin: try Name("tern.test"))
        let known = ["198.51.100.2", "198.51.100.3"].compactMap { try? RecordData(type: .a, text: $0) }
        let changes = difference.changes { key in
            key.type == .a && "\(key.name)" == "www.tern.test." ? known : nil
        }
        #expect(
            changes.flatMap(\.lines).sorted() == [
                "old.tern.test. A -", "www.tern.test. A 198.51.100.2 198.51.100.4", "www.tern.test. AAAA 2001:db8::1",
            ])
    }

    @Test func aPreviewOfDNSControlIsRead() throws {
        let text = """
            ******************** Domain: tern.test
            3 corrections (bind)
            #1: \u{1B}[32m+ CREATE A shop.tern.test 192.0.2.7 ttl=300\u{1B}[0m
            #2: ± MODIFY MX tern.test: (10 mail.tern.test. ttl=300) -> (10 mx.egret.test. ttl=300)
            #3: - DELETE TXT old.tern.test "gone" ttl=300
            """
        let difference = try AnnouncedDiff(text, origin: .root)
        let changes = difference.changes { _ in nil }
        #expect(
            Set(changes.flatMap(\.lines)) == [
                "shop.tern.test. A 192.0.2.7", "tern.test. MX 10 mx.egret.test.", "old.tern.test. TXT -",
            ])
    }

    @Test(arguments: ["", "nothing here", "+ CREATE A", "#1: + CREATE A x.test not-an-address", "+www A 300.1.1.1"])
    func whatIsNoDifferenceIsRefused(_ text: String) {
        #expect(throws: AnnouncedDiff.Fault.self) { try AnnouncedDiff(text, origin: .root) }
    }
}
