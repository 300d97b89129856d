import DNSWire
import LapwingCore
import Testing

@Suite("What a dry run would change")
struct SupposedComparisonTests {
    private let now = Timestamp(seconds: 1_780_000_000)
    private static let domain = SupposedComparisonTests.name("tern.test.")
    private static let mail = RecordSetKey(domain, .mx)

    private static func name(_ text: String) -> Name { (try? Name(text)) ?? .root }

    /// One server's answer: lines of type and data, `-` for no data, `?` for silence.
    private func answer(_ lines: [String], _ key: RecordSetKey, ttl: UInt32) -> Answer {
        guard lines != ["?"] else { return Answer(outcome: .timeout, at: now) }
        var answer = Answer(outcome: lines.isEmpty ? .noData : .data, at: now)
        for line in lines {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard let type = RecordType(parts[0]), let data = try? RecordData(type: type, text: parts[1]) else {
                continue
            }
            let record = Record(name: key.name, ttl: ttl, data: data)
            if type == .cname, key.type != .cname {
                answer.aliases.append(record)
            } else {
                answer.records.append(record)
            }
        }
        if answer.records.isEmpty { answer.outcome = .noData }
        return answer
    }

    private func snapshot(
        _ servers: [[String]], _ key: RecordSetKey, ttl: UInt32 = 300, state: ParentView.State = .delegated
    ) -> Snapshot {
        var parent = ParentView(zone: Self.name("test."))
        parent.state = state
        var snapshot = Snapshot(domain: Self.domain, at: now, monotonic: 0, parent: parent)
        snapshot.authorities = servers.enumerated().map { place, lines in
            var view = AuthorityView(
                host: Self.name("ns\(place + 1).example."), address: .v4(UInt32(place + 1)), listedAtParent: true)
            view.answers[key] = answer(lines, key, ttl: ttl)
            return view
        }
        return snapshot
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var today: [[String]]
        var then: [[String]]
        var wanted: [SupposedComparison.Kind]
        var todayTTL: UInt32 = 300
        var state = ParentView.State.delegated
    }

    static let cases: [Case] = [
        Case(testDescription: "the same", today: [["MX 10 a."]], then: [["MX 10 a."], ["MX 10 a."]], wanted: []),
        Case(testDescription: "lost", today: [["MX 10 a."]], then: [[], []], wanted: [.lost]),
        Case(testDescription: "lost at one", today: [["MX 10 a."]], then: [["MX 10 a."], []], wanted: [.lost]),
        Case(
            testDescription: "lost at one, other at the other", today: [["MX 10 a."]], then: [["MX 10 b."], []],
            wanted: [.lost, .changed]),
        Case(testDescription: "changed", today: [["MX 10 a."]], then: [["MX 10 b."]], wanted: [.changed]),
        Case(testDescription: "new", today: [[]], then: [["MX 10 b."]], wanted: [.new]),
        Case(testDescription: "none on both sides", today: [[]], then: [[]], wanted: []),
        Case(
            testDescription: "cut", today: [["MX 10 a."]], then: [["MX 10 a."]], wanted: [.ttl], todayTTL: 3600),
        Case(
            testDescription: "parts of a pool", today: [["MX 10 a."], ["MX 10 b."]],
            then: [["MX 10 b.", "MX 10 a."]], wanted: []),
        Case(testDescription: "silent today", today: [["?"]], then: [["MX 10 a."]], wanted: [.unknown]),
        Case(testDescription: "silent then", today: [["MX 10 a."]], then: [["?"], ["?"]], wanted: [.unknown]),
        Case(
            testDescription: "one of two silent then", today: [["MX 10 a."]], then: [["?"], ["MX 10 a."]], wanted: []),
        Case(testDescription: "no server then", today: [["MX 10 a."]], then: [], wanted: [.unknown]),
        Case(
            testDescription: "no delegation today", today: [], then: [["MX 10 a."]], wanted: [.new], state: .absent),
        Case(
            testDescription: "nobody was heard today", today: [], then: [["MX 10 a."]], wanted: [.unknown],
            state: .silent),
        Case(
            testDescription: "an alias that leads out stays", today: [["CNAME www.example."]],
            then: [["CNAME www.example."]], wanted: []),
        Case(
            testDescription: "an alias that leads out elsewhere", today: [["CNAME www.example."]],
            then: [["CNAME www.example.org."]], wanted: [.changed]),
    ]

    @Test(arguments: cases) func compares(wanted: Case) {
        let found = SupposedComparison(
            of: [Self.mail],
            today: snapshot(wanted.today, Self.mail, ttl: wanted.todayTTL, state: wanted.state),
            then: snapshot(wanted.then, Self.mail))
        #expect(found.entries.map(\.kind) == wanted.wanted)
    }

    @Test("where it is lost is said") func place() throws {
        let found = SupposedComparison(
            of: [Self.mail], today: snapshot([["MX 10 a."]], Self.mail),
            then: snapshot([["MX 10 a."], []], Self.mail))
        let entry = try #require(found.entries(.lost).first)
        #expect(entry.servers == ["ns2.example. 0.0.0.2"])
        #expect(entry.today == ["10 a."] && entry.todayTTL == 300)
    }

    @Test("serial numbers and the DS are no matter of the zone's records") func leftOut() {
        for type in [RecordType.soa, .ds] {
            let key = RecordSetKey(Self.domain, type)
            let found = SupposedComparison(of: [key], today: snapshot([[]], key), then: snapshot([["?"]], key))
            #expect(found.entries.isEmpty)
        }
    }
}
