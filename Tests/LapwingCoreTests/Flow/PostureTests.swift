import DNSWire
import LapwingCore
import Testing

/// States that are no good and that a domain may have been in for years: told once, listed, found by check-ups.
@Suite("Faults of posture")
struct PostureTests {
    private func low(_ world: inout SmallWorld, _ name: String, _ ttl: UInt32 = 20) throws {
        try world.put(name, "A", ttl, ["198.51.100.2", "198.51.100.3"])
    }

    @Test("what was so when the watch began is told once, as info, and stands in the list")
    func knownFromTheBeginning() throws {
        var world = try SmallWorld()
        try low(&world, "www.tern.test")
        try world.poll(3)
        #expect(world.events.map(\.code) == [.ttlLow])
        #expect(world.events.map(\.incidentClass) == [.posture])
        #expect(world.events.map(\.severity) == [.info])
        #expect(world.events.first?.text.contains("It was so when the watch began") == true)
        try world.poll(200)
        #expect(world.events.count == 1)
        let outcome = Flow.round(
            watch: world.watch, state: world.state, snapshot: try world.snapshot(.regular, after: 0),
            verifier: NoCrypto())
        let listed = try #require(outcome.summaries.first)
        #expect(listed.code == .ttlLow && listed.isPosture)
        #expect(listed.subject == (try SmallWorld.key("www.tern.test", "A")))
        #expect(listed.since == SmallWorld.start)
    }

    @Test("the end of it is told, once it is over for some hours")
    func mended() throws {
        var world = try SmallWorld()
        try low(&world, "www.tern.test")
        try world.poll(4)
        try low(&world, "www.tern.test", 300)
        #expect(try world.poll(30).isEmpty)
        let told = try world.poll(60)
        #expect(told.map(\.kind) == [.close])
        #expect(world.state.book.open.isEmpty)
    }

    @Test("a low TTL that comes later is told when it falls, and once more when it was forgotten for a week")
    func forgotten() throws {
        var world = try SmallWorld()
        try world.poll(30)
        try low(&world, "www.tern.test")
        let fall = try world.poll(3)
        #expect(fall.map(\.code) == [.ttlLow])
        #expect(fall.map(\.incidentClass) == [.ttlAnomaly])
        try world.poll(20)
        world.minute += 6 * 24 * 60
        #expect(!(try world.poll(3).contains { $0.incidentClass == .posture }))
        world.minute += 24 * 60
        let told = try world.poll(3).filter { $0.incidentClass == .posture }
        #expect(told.map(\.severity) == [.notice])
        #expect(told.map(\.kind) == [.open])
    }

    @Test("another RRset with the same fault is told as it joins, the same ones are not")
    func spreads() throws {
        var world = try SmallWorld()
        try low(&world, "www.tern.test")
        try world.poll(4)
        #expect(world.events.count == 1)
        world.watch.learning = 86_400
        try low(&world, "login.tern.test")
        let told = try world.poll(5)
        #expect(told.map(\.kind) == [.update])
        #expect(told.first?.title.contains("login.tern.test") == true)
        #expect(try world.poll(50).isEmpty)
        #expect(world.state.book.open.count == 1)
    }

    @Test("the owner's severity counts from the beginning on", arguments: [Severity.warning, .notice, .critical])
    func overridden(_ severity: Severity) throws {
        var world = try SmallWorld()
        world.watch.severities = SeverityPolicy(["ttl.*": severity])
        try low(&world, "www.tern.test")
        try world.poll(5)
        #expect(world.events.map(\.severity) == [severity])
        #expect(world.events.map(\.page) == [severity == .critical])
    }

    @Test("what was accepted is not told again")
    func accepted() throws {
        var world = try SmallWorld()
        try low(&world, "www.tern.test")
        try world.poll(4)
        let outcome = Flow.accept(
            state: world.state, incident: nil, by: "owner", at: SmallWorld.start.adding(seconds: world.minute * 60))
        #expect(outcome.events.map(\.kind) == [.close])
        world.state = outcome.state
        #expect(try world.poll(100).isEmpty)
    }

    @Test("it is no message of its own, but a line of the day's digest")
    func digest() throws {
        var world = try SmallWorld()
        try low(&world, "www.tern.test")
        try world.poll(4)
        let event = try #require(world.events.first)
        for (route, notices) in [
            (Route(channels: ["one"], severity: .info), 0), (.standard(["one"], digest: .standard), 1),
        ] {
            var speech = Flow.speak(events: [event], said: SaidLog(), routes: [route], silences: [], at: event.at)
            #expect(speech.notices.isEmpty)
            if let due = speech.next {
                speech = Flow.speak(events: [], said: speech.said, routes: [route], silences: [], at: due)
            }
            #expect(speech.notices.count == notices)
            #expect(speech.notices.allSatisfy { $0.text.contains("www.tern.test") })
        }
    }

    @Test("one name server, in a check-up and in the daemon")
    func singleServer() throws {
        var world = try SmallWorld()
        world.listed = ["ns1.heron.test"]
        let first = Flow.round(
            watch: world.watch, state: WatchState(), snapshot: try world.snapshot(.regular, after: 0),
            verifier: NoCrypto())
        let checked = first.checked(of: world.watch)
        #expect(checked.map(\.code) == [.delegationSingle, .delegationMismatch])
        #expect(checked.map(\.severity) == [.warning, .notice])
        try world.poll(5)
        #expect(Set(world.events.map(\.code)) == [.delegationSingle, .delegationMismatch])
        #expect(world.events.allSatisfy { $0.severity == .info })
    }

    @Test(
        "a server that is silent at two addresses is one finding",
        arguments: [
            (true, "tern.test: ns2.heron.test (192.0.2.2, 2001:db8::2) does not answer."),
            (false, "tern.test: ns2.heron.test does not answer at 2001:db8::2."),
        ])
    func silentAtTwoAddresses(_ isWhole: Bool, _ headline: String) throws {
        var world = try SmallWorld()
        world.silent = ["ns2.heron.test"]
        var snapshot = try world.snapshot(.regular, after: 0)
        let place = try #require(snapshot.authorities.firstIndex { "\($0.host)" == "ns2.heron.test." })
        var second = snapshot.authorities[place]
        second.address = try #require(IPAddress("2001:db8::2"))
        if !isWhole {
            world.silent = []
            snapshot = try world.snapshot(.regular, after: 0)
        }
        snapshot.authorities.append(second)
        let outcome = Flow.round(
            watch: world.watch, state: WatchState(), snapshot: snapshot, verifier: NoCrypto())
        let found = outcome.checked(of: world.watch).filter { $0.code == .serverSilent }
        #expect(found.map { Narrative.plain($0.text.headline) } == [headline])
        #expect(found.first?.evidence.count == (isWhole ? 2 : 1))
    }

    @Test("a server that is silent at the first look is found, and told with the patience of ever")
    func firstLook() throws {
        var world = try SmallWorld()
        world.silent = ["ns2.heron.test"]
        let first = Flow.round(
            watch: world.watch, state: WatchState(), snapshot: try world.snapshot(.regular, after: 0),
            verifier: NoCrypto())
        #expect(first.findings.contains { $0.code == .serverSilent && $0.severity == .warning })
        #expect(first.secondLook == nil && first.events.isEmpty)
        #expect(first.state.book.suspicions.isEmpty)
        #expect(try world.poll(5).isEmpty)
        #expect(try world.poll(4).map(\.code) == [.serverSilent])
    }
}
