import DNSWire
import LapwingCore
import Testing

/// What a round makes of a zone that was fetched as a whole, or was not to be had.
@Suite("Whole zones in rounds")
struct WholeZoneTests {
    private func step(_ kept: inout ZoneComparisonTests.Kept, _ serial: UInt32, _ more: [String]) throws -> ZoneView {
        ZoneView(.taken(try kept.take(serial, ZoneComparisonTests.first + more)))
    }

    /// A round that saw this of the zone; what was told.
    private func look(
        _ world: inout SmallWorld, _ view: ZoneView?, gives: [IPAddress: Bool]? = nil, _ look: Look = .regular
    ) throws -> RoundOutcome {
        var snapshot = try world.snapshot(look, after: 0)
        snapshot.zone = view
        snapshot.givesZone = gives
        let outcome = Flow.round(watch: world.watch, state: world.state, snapshot: snapshot, verifier: NoCrypto())
        world.state = outcome.state
        world.minute += 5
        return outcome
    }

    private func world() throws -> SmallWorld {
        var world = try SmallWorld()
        world.watch.transfer = ZoneSource(servers: [ServerAddress(try #require(IPAddress("192.0.2.1")))])
        world.watch.asksForZone = true
        return world
    }

    @Test("the first version is learnt without a word, what comes later is told at once, one message for each")
    func told() throws {
        var (world, kept) = (try world(), ZoneComparisonTests.Kept())
        #expect(try look(&world, try step(&kept, 1, [])).events.isEmpty)
        let first = try look(&world, try step(&kept, 2, ["vpn.tern.test. 300 IN A 203.0.113.9"]))
        #expect(first.events.map(\.code) == [.zoneChanged] && first.events.map(\.severity) == [.notice])
        #expect(first.events.first?.title == "tern.test: new name vpn.tern.test A 203.0.113.9.")
        #expect(first.changes.map(\.sentence) == ["vpn.tern.test. A: nothing -> 203.0.113.9"])
        let vpn = "vpn.tern.test. 300 IN A 203.0.113.9"
        let second = try look(&world, try step(&kept, 3, [vpn, "*.tern.test. 300 IN A 203.0.113.8"]))
        #expect(second.events.map(\.kind) == [.update] && second.events.map(\.severity) == [.warning])
        #expect(second.events.first?.title.contains("*.tern.test") == true)
        // Nothing else, and no way back of what is still so.
        for _ in 0..<3 { #expect(try look(&world, ZoneView(.same)).events.isEmpty) }
        var told: [IncidentEvent] = []
        for _ in 0..<40 { told += try look(&world, ZoneView(.same)).events }
        #expect(told.map(\.kind) == [.close] && told.first?.isSettled == true)
    }

    @Test("a zone that cannot be fetched is told after a second try, and is over when it can")
    func unavailable() throws {
        var world = try world()
        #expect(try look(&world, ZoneView(.same)).events.isEmpty)
        let failed = ZoneView(.failed([ZoneFailure("192.0.2.1", .refused, "refused the transfer (REFUSED)")]))
        let first = try look(&world, failed)
        #expect(first.events.isEmpty)
        let again = try #require(first.secondLook)
        let second = try look(&world, failed, .second(again))
        #expect(second.events.map(\.code) == [.zoneUnavailable])
        #expect(second.events.first?.text.contains("allow-transfer") == true)
        // Nothing seen is no good news.
        #expect(try look(&world, nil).events.isEmpty)
        #expect(world.state.book.open.map(\.code) == [.zoneUnavailable])
        #expect(try look(&world, ZoneView(.same)).events.map(\.kind) == [.close])
    }

    @Test("servers that give the zone to anybody are a posture; silence leaves them what they were")
    func open() throws {
        var world = try world()
        let address = try #require(IPAddress("192.0.2.1"))
        var told = try look(&world, nil, gives: [address: true]).events
        for _ in 0..<4 { told += try look(&world, nil).events }
        #expect(told.map(\.code) == [.zoneOpen] && told.map(\.severity) == [.info])
        #expect(told.first?.text.contains("It was so when the watch began") == true)
        told = try look(&world, nil, gives: [:]).events
        for _ in 0..<4 { told += try look(&world, nil).events }
        #expect(told.isEmpty && world.state.book.open.map(\.code) == [.zoneOpen])
        told = try look(&world, nil, gives: [address: false]).events
        for _ in 0..<80 { told += try look(&world, nil).events }
        #expect(told.map(\.kind) == [.close])
    }

    @Test("a turn finds out about the zone between gathering and judging; strangers are asked once a day")
    func turn() throws {
        var world = try world()
        world.watch.transfer = nil
        var turn = DomainTurn()
        func conditions() -> DomainTurn.Conditions {
            DomainTurn.Conditions(
                watch: world.watch, resolvers: [], reachesIPv6: false,
                at: SmallWorld.start.adding(seconds: world.minute * 60), monotonic: world.minute * 60)
        }
        _ = turn.next(.slot, in: conditions())
        _ = turn.next(.recalled(world.state), in: conditions())
        let gathered = Gathered(snapshot: try world.snapshot(.regular, after: 0))
        guard case .inspect(let errand) = turn.next(.gathered(gathered), in: conditions()) else {
            Issue.record("not asked")
            return
        }
        #expect(errand.source == nil && errand.strangersAsk.map { "\($0)" } == ["192.0.2.1", "192.0.2.2"])
        guard case .judge(let round) = turn.next(.inspected(ZoneSight(gives: [:])), in: conditions()) else {
            Issue.record("not judged")
            return
        }
        #expect(round.snapshot.givesZone == [:])
        world.state.transfers = TransferMemory(askedAt: SmallWorld.start)
        world.minute = 23 * 60
        turn = DomainTurn()
        _ = turn.next(.slot, in: conditions())
        _ = turn.next(.recalled(world.state), in: conditions())
        guard
            case .judge = turn.next(
                .gathered(Gathered(snapshot: try world.snapshot(.regular, after: 0))), in: conditions())
        else {
            Issue.record("asked again within a day")
            return
        }
    }
}
