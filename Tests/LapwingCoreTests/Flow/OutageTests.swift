import DNSWire
import LapwingCore
import Testing

/// Nothing is over, learnt or well without an answer that says so.
@Suite("What is not seen is not well")
struct OutageTests {
    private static let own = ["ns1.heron.test", "ns2.heron.test"]

    private func learnt() throws -> SmallWorld {
        var world = try SmallWorld()
        try world.poll(30)
        #expect(world.events.isEmpty)
        return world
    }

    private func checkUp(_ world: SmallWorld, _ snapshot: Snapshot) -> [Finding] {
        Flow.round(watch: world.watch, state: WatchState(), snapshot: snapshot, verifier: NoCrypto())
            .checked(of: world.watch)
    }

    private func open(_ world: SmallWorld) -> [FindingCode] { world.state.book.open.map(\.code) }

    @Test("a total outage lasts as long as it lasts, be there addresses to ask at or not", arguments: [0, 3, 40])
    func totalOutage(roundsWithAddresses: Int) throws {
        var world = try learnt()
        world.silent = Set(Self.own)
        try world.poll(roundsWithAddresses)
        for host in Self.own { world.unlocated[host] = .timeout }
        try world.poll(40)
        #expect(world.events.map(\.kind) == [.open])
        #expect(world.events.map(\.severity) == [.critical])
        #expect(open(world) == [.serversSilent])
        #expect(world.state.sets.values.allSatisfy { $0.polls == 30 }, "nothing is learnt of silence")
        world.silent = []
        world.unlocated = [:]
        try world.poll(4)
        #expect(world.events.map(\.kind) == [.open, .update, .close])
        #expect(world.state.book.open.isEmpty)
        // Another one the next hour is noticed as well.
        world.silent = Set(Self.own)
        for host in Self.own { world.unlocated[host] = .timeout }
        let second = try world.poll(3)
        #expect(second.map(\.kind) == [.update])
        #expect(second.first?.page == true)
    }

    private struct Repair: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var silent: Set<String>
        /// Polls until it is told.
        var polls: Int
        var back: String
    }

    private static let repairs = [
        Repair(
            testDescription: "all servers", silent: Set(own), polls: 1,
            back: "Back: Servers ns1.heron.test, ns2.heron.test answer again."),
        Repair(
            testDescription: "one of two", silent: [own[1]], polls: 8,
            back: "Back: Server ns2.heron.test answers again."),
    ]

    @Test("servers that answer again are told in the poll that sees it, and a relapse in its own", arguments: repairs)
    private func recovery(_ given: Repair) throws {
        var world = try learnt()
        func lines(_ events: [IncidentEvent]) -> [String] {
            events.map { "\($0.kind)\($0.isBack == true ? " back" : "") \($0.title)" }
        }
        world.silent = given.silent
        let opening = try #require(try world.poll(given.polls).first)
        for turn in 0..<3 {
            world.silent = []
            #expect(lines(try world.poll()) == (turn < 2 ? ["update back \(given.back)"] : []), "turn \(turn)")
            guard turn < 2 else { break }
            world.silent = given.silent
            #expect(lines(try world.poll()) == ["update Again: \(opening.title)"], "turn \(turn)")
        }
        world.silent = []
        let end = try world.poll(6)
        #expect(end.map(\.kind) == [.close] && end.first?.isSettled == nil, "\(lines(end))")
    }

    @Test("a server that answers, but refuses the zone, is not well")
    func answersOtherwise() throws {
        var world = try learnt()
        world.silent = [Self.own[1]]
        try world.poll(8)
        world.silent = []
        world.refusing = [Self.own[1]]
        #expect(try world.poll(2).isEmpty)
        world.refusing = []
        #expect(try world.poll().map(\.isBack) == [true])
    }

    @Test(
        "while caches serve everybody, silence has to last for two minutes",
        arguments: [(0, 30), (60, 60), (120, 120)])
    func patience(configured: Int64, told: Int64) throws {
        var world = try learnt()
        world.watch.outagePatience = configured
        world.areCachesFull = true
        world.silent = Set(Self.own)
        let events = try world.poll()
        #expect(events.map(\.code) == [.serversSilent])
        #expect(events.first.map { $0.at.seconds(since: $0.since) } == told)
    }

    private static let fetches: [(fetched: Int64, told: FindingCode)] = [
        (2, .serversSilent), (20, .serversSilent), (65, .monitorPath),
    ]

    @Test(
        "what resolvers fetched while the servers fell silent does not make it a fault of the monitor",
        arguments: fetches)
    func fetchedWhileFallingSilent(fetched: Int64, told: FindingCode) throws {
        var world = try learnt()
        world.watch.interval = 60
        world.areCachesFull = true
        world.silent = Set(Self.own)
        var codes: [FindingCode] = []
        for elapsed in stride(from: Int64(0), to: 300, by: 60) {
            var snapshot = try world.snapshot(.regular, after: elapsed)
            for place in snapshot.resolvers.indices {
                for (key, entry) in world.zones["ns1.heron.test"] ?? [:] {
                    let age = elapsed < fetched ? 200 + elapsed : elapsed - fetched
                    guard var answer = snapshot.resolvers[place].answers[key] else { continue }
                    let left = entry.ttl - UInt32(min(age, Int64(entry.ttl) - 40))
                    for record in answer.records.indices { answer.records[record].ttl = left }
                    snapshot.resolvers[place].answers[key] = answer
                }
            }
            let outcome = Flow.round(
                watch: world.watch, state: world.state, snapshot: snapshot, verifier: NoCrypto())
            world.state = outcome.state
            codes += outcome.events.map(\.code)
        }
        #expect(codes == [told])
    }

    @Test("servers that are back within two minutes were not away")
    func shortSilence() throws {
        var world = try learnt()
        world.areCachesFull = true
        for round in 0..<6 {
            world.silent = Set(Self.own)
            let first = Flow.round(
                watch: world.watch, state: world.state, snapshot: try world.snapshot(.regular, after: 0),
                verifier: NoCrypto())
            let look = try #require(first.secondLook)
            let second = Flow.round(
                watch: world.watch, state: first.state, snapshot: try world.snapshot(.second(look), after: 30),
                verifier: NoCrypto())
            let third = try #require(second.secondLook, "round \(round)")
            #expect(third.isTimed && third.after == 90)
            world.silent = []
            let last = Flow.round(
                watch: world.watch, state: second.state, snapshot: try world.snapshot(.second(third), after: 120),
                verifier: NoCrypto())
            #expect((first.events + second.events + last.events).isEmpty)
            world.state = last.state
            world.minute += 5
            try world.poll(2)
        }
        #expect(world.events.isEmpty)
    }

    @Test("where polls come more often than that, they are looks enough")
    func patienceBetweenPolls() throws {
        var world = try learnt()
        world.watch.interval = 60
        world.areCachesFull = true
        world.silent = Set(Self.own)
        let first = Flow.round(
            watch: world.watch, state: world.state, snapshot: try world.snapshot(.regular, after: 0),
            verifier: NoCrypto())
        let look = try #require(first.secondLook)
        let second = Flow.round(
            watch: world.watch, state: first.state, snapshot: try world.snapshot(.second(look), after: 5),
            verifier: NoCrypto())
        #expect(second.secondLook == nil)
    }

    @Test("a delegation to names whose addresses nobody can look up is a page")
    func movedToNowhere() throws {
        var world = try learnt()
        world.listed = ["ns1.egret.test", "ns2.egret.test"]
        for host in world.listed { world.unlocated[host] = .timeout }
        let told = try world.poll(3)
        #expect(told.map(\.code) == [.delegationLame])
        #expect(told.map(\.page) == [true])
        #expect(told.first?.text.contains("ns1.egret.test") == true)
    }

    @Test("of servers that this monitor does not look at nothing is said", arguments: [1, 2])
    func notLookedAt(count: Int) throws {
        var world = try SmallWorld()
        world.unreached = Set(Self.own.prefix(count))
        try world.poll(40)
        #expect(world.events.isEmpty, "\(world.events.map(\.title))")
    }

    @Test("names without an address are told, and why")
    func noAddress() throws {
        var world = try learnt()
        world.unlocated = ["ns1.heron.test": .timeout, "ns2.heron.test": .noData]
        let told = try #require(try world.poll(2).first)
        #expect(told.code == .serversSilent)
        #expect(told.severity == .critical)
        #expect(told.text.contains("ns1.heron.test: its address cannot be looked up"))
        #expect(told.text.contains("ns2.heron.test: the name has no address"))
    }

    @Test("as long as one server answers it is no outage of all")
    func oneOfTwo() throws {
        var world = try learnt()
        world.unlocated = ["ns1.heron.test": .timeout]
        try world.poll(20)
        #expect(!open(world).contains(.serversSilent))
        #expect(!world.events.contains { $0.severity == .critical })
    }

    @Test("a check-up of it is critical, and no word of one address")
    func checkUp() throws {
        var world = try SmallWorld()
        world.unlocated = ["ns1.heron.test": .timeout, "ns2.heron.test": .timeout]
        let findings = try checkUp(world, world.snapshot(.regular, after: 0))
        #expect(findings.first?.code == .serversSilent)
        #expect(findings.first?.severity == .critical)
        #expect(!findings.contains { $0.code == .delegationSingle })
    }

    @Test("a check-up of servers whose names do not exist is critical", arguments: [Answer.Outcome.nxDomain, .noData])
    func checkUpOfNowhere(lookup: Answer.Outcome) throws {
        var world = try SmallWorld()
        world.unlocated = ["ns1.heron.test": lookup, "ns2.heron.test": lookup]
        let findings = try checkUp(world, world.snapshot(.regular, after: 0))
        #expect(findings.first?.severity == .critical)
    }

    @Test("a name that was never delegated is told as that", arguments: [ParentView.State.absent, .undelegated])
    func neverDelegated(state: ParentView.State) throws {
        var world = try SmallWorld()
        world.unlocated = ["ns1.heron.test": .nxDomain, "ns2.heron.test": .nxDomain]
        var memory = world.state
        var told: [IncidentEvent] = []
        for look in 0..<4 {
            var snapshot = try world.snapshot(.regular, after: Int64(look) * 300)
            snapshot.parent.state = state
            snapshot.parent.hosts = []
            let outcome = Flow.round(watch: world.watch, state: memory, snapshot: snapshot, verifier: NoCrypto())
            memory = outcome.state
            told += outcome.events
        }
        #expect(told.map(\.code) == [.delegationMissing])
        #expect(told.map(\.severity) == [.warning])
        #expect(told.first?.text.contains("taken out") == false)
        world.minute = 0
        var snapshot = try world.snapshot(.regular, after: 0)
        snapshot.parent.state = state
        let findings = checkUp(world, snapshot)
        #expect(findings.first?.code == .delegationMissing)
        #expect(findings.first?.severity == .critical)
    }

    @Test("rounds that see nothing end nothing")
    func blindRounds() throws {
        var world = try learnt()
        try world.put("tern.test", "MX", 3600, nil)
        try world.poll(2)
        #expect(open(world) == [.recordLost])
        let before = world.state.sets
        for (offline, servers, parent) in [(true, false, false), (false, true, true)] {
            world.isOffline = offline
            world.silent = servers ? Set(Self.own) : []
            world.isParentSilent = parent
            let told = try world.poll(10)
            #expect(!told.contains { $0.kind == .close && $0.code == .recordLost })
            #expect(open(world).contains(.recordLost))
        }
        #expect(world.state.sets == before)
        world.isOffline = false
        world.silent = []
        world.isParentSilent = false
        try world.put("tern.test", "MX", 3600, ["10 mail.tern.test."])
        let told = try world.poll(3)
        #expect(told.contains { $0.kind == .close && $0.code == .recordLost })
    }

    @Test("a poisoned resolver that times out is not healed")
    func silentResolver() throws {
        var world = try learnt()
        world.forged["plover"] = [
            try SmallWorld.key("login.tern.test", "A"): SmallWorld.Entry(ttl: 3600, data: ["203.0.113.66"])
        ]
        try world.poll(6)
        #expect(open(world).contains(.resolverPoisoned))
        world.mute = ["plover"]
        world.forged = [:]
        try world.poll(300)
        #expect(open(world).contains(.resolverPoisoned))
    }

    @Test("time alone ends no hijack")
    func hijackUnseen() throws {
        var world = try learnt()
        let strange: [RecordSetKey: SmallWorld.Entry] = [
            try SmallWorld.key("tern.test", "A"): SmallWorld.Entry(ttl: 60, data: ["203.0.113.80"])
        ]
        world.zones["ns1.egret.test"] = strange
        world.zones["ns2.egret.test"] = strange
        world.listed = ["ns1.egret.test", "ns2.egret.test"]
        try world.poll(3)
        #expect(open(world) == [.delegationHijacked])
        world.isOffline = true
        world.minute += 72 * 60
        try world.poll(5)
        #expect(open(world).contains(.delegationHijacked))
        world.isOffline = false
        world.listed = Self.own
        let first = try world.poll(1)
        #expect(!first.contains { $0.kind == .close && $0.code == .delegationHijacked })
        let later = try world.poll(2)
        #expect(later.contains { $0.kind == .close && $0.code == .delegationHijacked })
    }

    @Test("what waits for a second look is not dropped by a look that sees nothing")
    func suspicionsWait() throws {
        var world = try learnt()
        world.silent = Set(Self.own)
        let first = Flow.round(
            watch: world.watch, state: world.state, snapshot: try world.snapshot(.regular, after: 0),
            verifier: NoCrypto())
        world.state = first.state
        let look = try #require(first.secondLook)
        world.isOffline = true
        let blind = Flow.round(
            watch: world.watch, state: world.state, snapshot: try world.snapshot(.second(look), after: 30),
            verifier: NoCrypto())
        #expect(blind.events.isEmpty)
        #expect(blind.state.book.suspicions.values.contains { $0.code == .serversSilent })
    }

    @Test("servers out of reach from here only are no outage, however often caches are at their end")
    func cutOff() throws {
        var world = try learnt()
        world.silent = Set(Self.own)
        world.isCutOff = true
        for round in 0..<24 {
            // In some rounds no cache tells that it was renewed: then only names that no cache has do.
            world.areCachesOld = round % 6 == 0
            try world.poll()
            #expect(!world.state.book.suspicions.values.contains { $0.code == .serversSilent }, "round \(round)")
        }
        #expect(open(world) == [.monitorPath])
        #expect(world.events.map(\.severity) == [.notice])
        // When users are not served any more, it is no longer out of reach from here only.
        world.isCutOff = false
        world.areCachesOld = false
        #expect(try world.poll(3).contains { $0.code == .serversSilent && $0.page })
        #expect(open(world) == [.serversSilent])
        #expect(!world.state.book.suspicions.values.contains { $0.code == .monitorPath })
    }
}
