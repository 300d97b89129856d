import DNSWire
import Foundation
import LapwingCore
import Testing

@Suite struct RoundTests {
    @Test func aQuietDomainIsQuiet() throws {
        var world = try SmallWorld()
        try world.poll(50)
        #expect(world.events.isEmpty)
    }

    @Test func orderAndLetterCaseAreNoChange() throws {
        var world = try SmallWorld()
        try world.poll(3)
        try world.put("www.tern.test", "A", 300, ["198.51.100.3", "198.51.100.2"])
        try world.put("tern.test", "MX", 3600, ["10 MAIL.Tern.test."])
        try world.poll(3)
        #expect(world.events.isEmpty)
    }

    @Test func aChangeThatIsPutBackIsTold() throws {
        var world = try SmallWorld()
        try world.poll(30)
        for (number, value) in [["198.51.100.20"], ["198.51.100.2", "198.51.100.3"]].enumerated() {
            try world.put("www.tern.test", "A", 300, value)
            let told = try world.poll(3).filter { $0.kind != .close }
            #expect(told.map(\.code) == [.recordChanged], "change \(number)")
            #expect(told.map(\.isChangeOfRecords) == [true])
            #expect(told.first?.changes.last?.new == value)
        }
        #expect(world.events.last?.title.contains("is back") == true)
    }

    @Test func whatGoesToAndFroIsNoNewsForLong() throws {
        var world = try SmallWorld()
        try world.poll(30)
        for _ in 0..<10 {
            for value in [["198.51.100.20"], ["198.51.100.2", "198.51.100.3"]] {
                try world.put("www.tern.test", "A", 300, value)
                try world.poll(30)
            }
        }
        #expect(world.events.filter { $0.kind != .close && $0.isChangeOfRecords }.count <= 4)
    }

    @Test func anAnnouncedChangeIsToldAsSuch() throws {
        var world = try SmallWorld()
        let end = SmallWorld.start.adding(seconds: 86_400)
        world.watch.maintenance = [MaintenanceWindow(from: SmallWorld.start, to: end, covers: [.a])]
        try world.poll(30)
        try world.put("www.tern.test", "A", 300, ["198.51.100.20"])
        let announced = try world.poll(2)
        #expect(announced.map(\.isChangeOfRecords) == [false])
        try world.put("tern.test", "TXT", 3600, ["\"v=spf1 mx -all\"", "\"a note\""])
        #expect(try world.poll(2).map(\.isChangeOfRecords) == [true])
    }

    @Test func theEndOfAChangeSaysThatNothingCameToAnEnd() throws {
        var world = try SmallWorld()
        try world.poll(30)
        try world.put("www.tern.test", "A", 300, ["198.51.100.20"])
        try world.poll(40)
        #expect(world.events.map(\.kind) == [.open, .close])
        #expect(world.events.last?.isSettled == true)
    }

    @Test func faultsCannotBeAccepted() throws {
        var world = try SmallWorld()
        try world.poll(30)
        world.silent = ["ns1.heron.test", "ns2.heron.test"]
        try world.poll(3)
        let open = world.state.book.open
        #expect(open.map(\.code).contains(.serversSilent))
        let outcome = Flow.accept(state: world.state, incident: nil, by: "ann", at: SmallWorld.start)
        #expect(outcome.events.isEmpty)
        #expect(outcome.state.book.open == open)
    }

    @Test func aMonitorThatIsOfflineForLongIsSomebodysWork() throws {
        var world = try SmallWorld()
        try world.poll(30)
        world.isOffline = true
        #expect(try world.poll(3).map(\.severity) == [.notice])
        #expect(try world.poll(6).map(\.severity) == [.warning])
        world.isOffline = false
        #expect(try world.poll(2).map(\.kind) == [.close])
    }

    @Test func requiredSigningIsJudgedInEveryRound() throws {
        var world = try SmallWorld()
        world.watch.dnssec = .required
        try world.poll(3)
        #expect(world.events.map(\.code) == [.dnssecUnsigned])
        #expect(world.events.map(\.severity) == [.critical])
        // Told once, open as long as it lasts, and not over because nothing is seen for a while.
        try world.poll(300)
        world.isOffline = true
        try world.poll(10)
        world.isOffline = false
        try world.poll(3)
        #expect(world.events.filter { $0.code == .dnssecUnsigned }.count == 1)
        world.watch.dnssec = .auto
        try world.poll(3)
        #expect(world.events.filter { $0.code == .dnssecUnsigned }.map(\.kind) == [.open, .close])
    }

    /// What is told at the poll that sees it: code, class, severity.
    struct Case: CustomTestStringConvertible {
        var name: String
        var code: FindingCode
        var incidentClass: IncidentClass
        var severity: Severity
        var change: @Sendable (inout SmallWorld) throws -> Void
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "address of www", code: .recordChanged, incidentClass: .plannedChange, severity: .notice) {
            try $0.put("www.tern.test", "A", 300, ["198.51.100.20"])
        },
        Case(name: "mail taken", code: .recordHijacked, incidentClass: .hijackSuspected, severity: .critical) {
            try $0.put("tern.test", "MX", 60, ["10 mail.fence.test."])
        },
        Case(name: "login taken", code: .recordHijacked, incidentClass: .hijackSuspected, severity: .critical) {
            try $0.put("login.tern.test", "A", 60, ["203.0.113.200"])
        },
        Case(name: "addresses lost", code: .recordLost, incidentClass: .recordsLost, severity: .critical) {
            try $0.put("www.tern.test", "A", 300, nil)
        },
        Case(name: "SPF opened", code: .policyWeakened, incidentClass: .policyWeakened, severity: .warning) {
            try $0.put("tern.test", "TXT", 3600, ["\"v=spf1 mx ?all\""])
        },
        Case(name: "SPF removed", code: .policyWeakened, incidentClass: .policyWeakened, severity: .warning) {
            try $0.put("tern.test", "TXT", 3600, nil)
        },
        Case(name: "token added", code: .recordChanged, incidentClass: .plannedChange, severity: .notice) {
            try $0.put("tern.test", "TXT", 3600, ["\"v=spf1 mx -all\"", "\"verify=1\""])
        },
        Case(name: "TTL lowered", code: .ttlLow, incidentClass: .ttlAnomaly, severity: .notice) {
            try $0.put("www.tern.test", "A", 30, ["198.51.100.2", "198.51.100.3"])
        },
        Case(name: "IPv6 added", code: .recordChanged, incidentClass: .plannedChange, severity: .notice) {
            try $0.put("www.tern.test", "AAAA", 300, ["2001:db8::1"])
        },
        Case(name: "all servers silent", code: .serversSilent, incidentClass: .authorityOutage, severity: .critical) {
            $0.silent = ["ns1.heron.test", "ns2.heron.test"]
        },
        Case(
            name: "one resolver poisoned", code: .resolverPoisoned, incidentClass: .resolverPoisoned,
            severity: .critical
        ) {
            $0.forged["gull"] = [
                try SmallWorld.key("www.tern.test", "A"): SmallWorld.Entry(ttl: 80_000, data: ["203.0.113.9"])
            ]
        },
        Case(name: "two resolvers astray", code: .pathHijacked, incidentClass: .hijackSuspected, severity: .critical) {
            let entry = [try SmallWorld.key("www.tern.test", "A"): SmallWorld.Entry(ttl: 60, data: ["203.0.113.9"])]
            $0.forged = ["gull": entry, "plover": entry]
        },
        Case(name: "delegation taken", code: .delegationHijacked, incidentClass: .hijackSuspected, severity: .critical)
        {
            $0.listed = ["ns1.egret.test", "ns2.egret.test"]
            let zone = [try SmallWorld.key("tern.test", "A"): SmallWorld.Entry(ttl: 60, data: ["203.0.113.9"])]
            $0.zones["ns1.egret.test"] = zone
            $0.zones["ns2.egret.test"] = zone
        },
        Case(name: "moved without a word", code: .delegationChanged, incidentClass: .plannedChange, severity: .warning)
        {
            $0.listed = ["ns1.egret.test", "ns2.egret.test"]
            $0.zones["ns1.egret.test"] = $0.zones["ns1.heron.test"]
            $0.zones["ns2.egret.test"] = $0.zones["ns1.heron.test"]
        },
    ]

    @Test(arguments: cases) func isToldAtOnce(_ example: Case) throws {
        var world = try SmallWorld()
        try world.poll(30)
        #expect(world.events.isEmpty)
        try example.change(&world)
        let told = try world.poll()
        #expect(told.map(\.code) == [example.code])
        #expect(told.first?.incidentClass == example.incidentClass)
        #expect(told.first?.severity == example.severity)
        #expect(told.first?.kind == .open)
        #expect(told.first?.page == (example.severity == .critical))
    }

    @Test(arguments: cases) func isSilentOnceAccepted(_ example: Case) throws {
        var world = try SmallWorld()
        try world.poll(30)
        try example.change(&world)
        let told = try world.poll()
        // What resolvers or dead servers do cannot be made normal.
        guard !["one resolver poisoned", "two resolvers astray", "all servers silent"].contains(example.name) else {
            return
        }
        let outcome = Flow.accept(
            state: world.state, incident: told.first?.incident, by: "ann",
            at: SmallWorld.start.adding(seconds: world.minute * 60))
        world.state = outcome.state
        #expect(outcome.events.map(\.kind) == [.close])
        #expect(try world.poll(40).filter { $0.kind != .close }.isEmpty)
    }

    @Test func announcedMoveIsANotice() throws {
        var world = try SmallWorld()
        try world.poll(30)
        try world.put(
            "tern.test", "NS", 86_400, ["ns1.heron.test.", "ns2.heron.test.", "ns1.egret.test.", "ns2.egret.test."])
        world.zones["ns1.egret.test"] = world.zones["ns1.heron.test"]
        world.zones["ns2.egret.test"] = world.zones["ns1.heron.test"]
        try world.poll(10)
        world.listed = ["ns1.egret.test", "ns2.egret.test"]
        try world.poll(10)
        #expect(
            world.events.filter { $0.kind != .close }.allSatisfy {
                $0.severity == .notice && $0.incidentClass == .plannedChange
            })
        #expect(world.events.contains { $0.text.contains("ns1.egret.test") && $0.text.contains("ns1.heron.test") })
    }

    @Test func aBlindMonitorSaysSoOnly() throws {
        var world = try SmallWorld()
        try world.poll(30)
        world.isOffline = true
        try world.poll(6)
        world.isOffline = false
        try world.poll(6)
        #expect(Set(world.events.map(\.incidentClass)) == [.monitorFault])
        #expect(world.events.map(\.kind) == [.open, .update, .close])
    }

    @Test func goingBackDoesNotCloseAHijack() throws {
        var world = try SmallWorld()
        try world.poll(30)
        try world.put("tern.test", "MX", 60, ["10 mail.fence.test."])
        try world.poll(2)
        try world.put("tern.test", "MX", 3600, ["10 mail.tern.test."])
        try world.poll(24)
        #expect(!world.events.contains { $0.kind == .close })
        try world.put("login.tern.test", "A", 60, ["203.0.113.200"])
        let told = try world.poll()
        #expect(told.map(\.kind) == [.update])
        #expect(told.first?.incident == world.events.first?.incident)
    }

    @Test func memoryIsBoundedAndSurvivesTheStore() throws {
        var world = try SmallWorld()
        for round in 0..<400 {
            try world.put("www.tern.test", "A", 60, ["198.51.\(round % 100).\(round % 250)", "203.0.\(round % 50).7"])
            try world.poll()
        }
        let key = try SmallWorld.key("www.tern.test", "A")
        let memory = try #require(world.state.sets[key])
        #expect(memory.pool.count <= SetMemory.poolLimit)
        #expect(memory.served.count <= SetMemory.historyLimit)
        let stored = try JSONEncoder().encode(world.state)
        #expect(stored.count < 100_000)
        var back = try JSONDecoder().decode(WatchState.self, from: stored)
        back.verdicts = world.state.verdicts
        #expect(back == world.state)
    }
}
