import DNSWire
import LapwingCore
import Testing

@Suite("Calculated health")
struct HealthTallyTests {
    private typealias Condition = HealthTally.Member.Condition

    /// Members as letters: w well, f failing, ? unknown.
    static func tally(_ need: CalculatedHealth.Need, _ letters: String) throws -> HealthTally {
        let members = try letters.enumerated().map { place, letter in
            let condition: HealthTally.Member.Condition =
                letter == "w" ? .well : letter == "f" ? .failing : .unknown
            return HealthTally.Member(
                try Name("\(Character(UnicodeScalar(UInt8(97 + place)))).example"), condition,
                finding: condition == .failing ? "It is down." : nil,
                incident: condition == .failing ? "a.example-\(place + 1)" : nil)
        }
        return HealthTally(need, members)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var need: CalculatedHealth.Need
        var members: String
        var state: HealthTally.State

        init(_ need: CalculatedHealth.Need, _ members: String, _ state: HealthTally.State) {
            self.need = need
            self.members = members
            self.state = state
        }

        var testDescription: String { "\(need) of \(members)" }
    }

    static let cases = [
        Case(.count(2), "www", .healthy), Case(.count(2), "wwf", .healthy), Case(.count(2), "ww?", .healthy),
        Case(.count(2), "wff", .unhealthy), Case(.count(2), "fff", .unhealthy),
        // One that is not known could save it, or not.
        Case(.count(2), "wf?", .unknown), Case(.count(2), "w??", .unknown), Case(.count(2), "???", .unknown),
        Case(.count(2), "ff?", .unhealthy),
        Case(.count(1), "f?", .unknown), Case(.count(1), "ff", .unhealthy), Case(.count(1), "?", .unknown),
        Case(.all, "www", .healthy), Case(.all, "ww?", .unknown), Case(.all, "wwf", .unhealthy),
        Case(.all, "?f?", .unhealthy),
        // A tag may have fewer domains by now than are needed, and none at all.
        Case(.count(3), "ww", .healthy), Case(.count(3), "wf", .unhealthy), Case(.count(3), "", .unknown),
        Case(.all, "", .unknown),
    ]

    @Test("is healthy by what was seen, unhealthy where nothing unseen can save it, else unknown", arguments: cases)
    func state(_ item: Case) throws {
        #expect(try Self.tally(item.need, item.members).state == item.state)
    }

    struct Domain: Sendable {
        var worst: Severity?
        var isLearnt = true
        /// Nil where no round was made.
        var servers: Int? = 2
        var absence: RoundSight.Absence?
        var failsAt = Severity.critical
        var condition: HealthTally.Member.Condition
    }

    static let domains = [
        Domain(condition: .well), Domain(worst: .notice, condition: .well), Domain(worst: .warning, condition: .well),
        Domain(worst: .critical, condition: .failing),
        Domain(worst: .warning, failsAt: .warning, condition: .failing),
        Domain(worst: .notice, failsAt: .warning, condition: .well),
        // Nothing seen is not good news.
        Domain(servers: 0, condition: .unknown), Domain(servers: nil, condition: .unknown),
        Domain(worst: .warning, servers: 0, condition: .unknown),
        Domain(isLearnt: false, condition: .unknown), Domain(isLearnt: false, servers: nil, condition: .unknown),
        // And it ends nothing that is open.
        Domain(worst: .critical, servers: 0, condition: .failing),
        Domain(worst: .critical, servers: nil, condition: .failing),
        Domain(worst: .warning, servers: nil, failsAt: .warning, condition: .failing),
        // A name that never was a domain.
        Domain(isLearnt: false, servers: 0, absence: .noName, condition: .failing),
        Domain(isLearnt: false, servers: 0, absence: .noZone, condition: .unknown),
    ]

    @Test("takes a domain as its incidents and the last round have it", arguments: domains)
    func member(_ domain: Domain) throws {
        var sight: RoundSight?
        if let servers = domain.servers {
            var seen = RoundSight(
                Snapshot(
                    domain: try Name("a.example"), at: Timestamp(seconds: 1), monotonic: 1, parent: ParentView()))
            seen.answeringServers = servers
            seen.absence = domain.absence
            sight = seen
        }
        let condition = HealthTally.Member.Condition(
            worst: domain.worst, isLearnt: domain.isLearnt, sight: sight, failsAt: domain.failsAt)
        #expect(condition == domain.condition)
    }

    // MARK: Its incidents

    private static func health(_ needs: Int = 2) throws -> CalculatedHealth {
        try #require(CalculatedHealth("Shop", needs: .count(needs), members: .domains([])))
    }

    @Test("opens one incident, says who else fails, is not over by what is not known, and closes")
    func course() throws {
        let health = try Self.health()
        var course = HealthCourse()
        var told: [String] = []
        for (minute, letters) in ["???", "www", "wwf", "wff", "wff", "w?f", "???", "ff?", "fff", "wff", "wwf", "wff"]
            .enumerated()
        {
            let step = course.take(
                try Self.tally(.count(2), letters), of: health, severity: .critical,
                at: Timestamp(seconds: Int64(minute) * 60))
            told.append(step.map { "\($0.event.kind.rawValue) \($0.event.id)" } ?? "")
        }
        #expect(
            told == [
                "", "", "", "open shop-1.1", "", "", "", "update shop-1.2", "", "", "close shop-1.3",
                "open shop-2.1",
            ])
    }

    @Test("names who fails and who is not known, in the words of people")
    func words() throws {
        var course = HealthCourse()
        let taken = course.take(
            try Self.tally(.count(3), "wff?"), of: try Self.health(3), severity: .warning,
            at: Timestamp(seconds: 1_790_000_000))
        let step = try #require(taken)
        #expect(step.event.title == "Shop is unhealthy: 1 of 4 domains is well, 3 must be.")
        #expect(step.event.text.contains("\nb.example fails: It is down. (a.example-2)\n"))
        #expect(step.event.text.contains("\nNot known: d.example.\n"))
        #expect(step.event.severity == .warning && !step.event.page)
        #expect(step.event.domain.description == "shop." && step.event.code == .healthFailing)
        #expect(step.incident.id == "shop-1" && !step.incident.code.nature.canBeAccepted)
    }

    @Test("goes on with what an earlier process opened, and says nothing twice")
    func restart() throws {
        let health = try Self.health()
        var first = HealthCourse()
        let taken = first.take(
            try Self.tally(.count(2), "wff"), of: health, severity: .critical, at: Timestamp(seconds: 60))
        let opened = try #require(taken)
        var second = HealthCourse(open: opened.incident, next: 2)
        for letters in ["???", "wff"] {
            let step = second.take(
                try Self.tally(.count(2), letters), of: health, severity: .critical, at: Timestamp(seconds: 120))
            #expect(step == nil)
        }
        let over = second.take(
            try Self.tally(.count(2), "www"), of: health, severity: .critical, at: Timestamp(seconds: 180))
        #expect(over?.event.kind == .close && over?.event.id == "shop-1.2")
    }

    @Test("ends with its configuration, and does not say that all is well")
    func withdrawn() throws {
        var course = HealthCourse()
        let nothing = course.withdraw(at: Timestamp(seconds: 0))
        #expect(nothing == nil)
        _ = course.take(
            try Self.tally(.count(2), "wff"), of: try Self.health(), severity: .critical, at: Timestamp(seconds: 60))
        let withdrawn = course.withdraw(at: Timestamp(seconds: 120))
        let step = try #require(withdrawn)
        #expect(step.event.kind == .close && step.event.title.contains("not in the configuration any more"))
        #expect(step.incident.closedAt == Timestamp(seconds: 120) && course.open == nil)
    }

    @Test("names", arguments: [("shop", true), ("Shop_2-a", true), ("", false), ("a.b", false), ("ö", false)])
    func names(_ name: String, _ isFit: Bool) {
        #expect((CalculatedHealth(name, needs: .all, members: .tag("a")) != nil) == isFit)
    }
}
