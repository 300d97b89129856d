import DNSWire
import LapwingCore
import Testing

@Suite("What a domain is called")
struct ConditionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var worst: Severity?
        var isLearnt = true
        var isSeen = true
        var absence: RoundSight.Absence?
        var condition: DomainCondition
    }

    @Test(arguments: [
        Case(testDescription: "well", worst: nil, condition: .healthy),
        Case(testDescription: "a notice", worst: .notice, condition: .healthy),
        Case(testDescription: "a warning", worst: .warning, condition: .warning),
        Case(testDescription: "being learnt", worst: nil, isLearnt: false, condition: .learning),
        Case(testDescription: "being learnt, but in danger", worst: .critical, isLearnt: false, condition: .failing),
        Case(testDescription: "nothing seen", worst: nil, isSeen: false, condition: .learning),
        Case(testDescription: "nothing seen, a warning before", worst: .warning, isSeen: false, condition: .learning),
        Case(testDescription: "nothing seen, and critical", worst: .critical, isSeen: false, condition: .failing),
        Case(
            testDescription: "never registered", worst: nil, isLearnt: false, absence: .noName, condition: .failing),
        Case(
            testDescription: "a name in a zone", worst: nil, isLearnt: false, absence: .noZone, condition: .warning),
        Case(
            testDescription: "gone, which is an incident's to say", worst: nil, absence: .noName, condition: .healthy),
    ])
    func condition(of given: Case) {
        let condition = DomainCondition(
            worst: given.worst, isLearnt: given.isLearnt, isSeen: given.isSeen, absence: given.absence)
        #expect(condition == given.condition)
    }

    @Test("words and numbers are those of the API and of monitoring plugins, the worst first")
    func words() {
        #expect(DomainCondition.allCases.sorted().map(\.rawValue) == ["critical", "warning", "unknown", "ok"])
        #expect(DomainCondition.allCases.sorted().map(\.code) == [2, 1, 3, 0])
    }

    private func snapshot() throws -> Snapshot {
        let now = Timestamp(seconds: 1_780_000_000)
        let domain = try Name("tern.test")
        var snapshot = Snapshot(domain: domain, at: now, monotonic: 0, parent: ParentView(zone: try Name("test")))
        snapshot.parent.state = .delegated
        snapshot.parent.dsKnown = true
        let soa = RecordSetKey(domain, .soa)
        for number in 1...2 {
            let host = try Name("ns\(number).tern.test")
            snapshot.parent.hosts.append(ParentView.Host(name: host))
            for address in ["192.0.2.\(number)", "198.51.100.\(number)"] {
                var view = AuthorityView(host: host, address: try #require(IPAddress(address)), listedAtParent: true)
                view.answers[soa] = Answer(outcome: .noData, at: now)
                snapshot.authorities.append(view)
            }
        }
        return snapshot
    }

    @Test("servers are counted by name, and those that say nothing are named")
    func sight() throws {
        var snapshot = try snapshot()
        #expect(RoundSight(snapshot).answeringServers == 2)
        #expect(RoundSight(snapshot).allServers == 2)
        #expect(RoundSight(snapshot).silent.isEmpty)
        for index in snapshot.authorities.indices {
            snapshot.authorities[index].answers = snapshot.authorities[index].answers.mapValues {
                Answer(outcome: .timeout, at: $0.at)
            }
        }
        let silent = RoundSight(snapshot)
        #expect(!silent.isKnown)
        #expect(silent.allServers == 2)
        #expect(silent.silent.contains("authority ns1.tern.test. 192.0.2.1"))
        snapshot.authorities = []
        #expect(RoundSight(snapshot).allServers == 2, "servers without an address are servers")
        snapshot.parent.hosts = []
        snapshot.parent.state = .absent
        #expect(RoundSight(snapshot).isKnown, "that there is no such domain is known")
        #expect(RoundSight(snapshot).absence == .noName)
        #expect(
            RoundSight.Absence.noName.sentence(of: "tern.test", in: "test")
                == "tern.test is not registered: test has no such name. A typo?")
        snapshot.parent.state = .undelegated
        #expect(RoundSight(snapshot).absence == .noZone)
        #expect(RoundSight(snapshot).zoneAbove?.description == "test.")
        snapshot.parent.state = .silent
        #expect(RoundSight(snapshot).silent == ["parent"])
    }
}
