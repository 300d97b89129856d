import DNSWire
import LapwingCore
import Testing

/// Addresses that lead nowhere from outside, and servers that have trouble with EDNS.
@Suite struct AddressRuleTests {
    static func findings(_ name: String, _ change: (inout Snapshot) -> Void) throws -> [Finding] {
        var world = try SmallWorld()
        var snapshot = try world.snapshot(.regular, after: 0)
        change(&snapshot)
        let rule = try #require(Rulebook.all.first { $0.name == name })
        var verdicts = VerdictCache()
        world.state.learntAt = snapshot.at
        let picture = Picture(
            watch: world.watch, state: world.state, snapshot: snapshot, verifier: NoCrypto(), verdicts: &verdicts)
        return rule.judge(picture, [])
    }

    @Test(
        arguments: [
            ("198.51.100.2", nil), ("10.1.2.3", .info), ("192.168.3.4", .info), ("100.64.1.1", .info),
            ("127.0.0.1", .notice),
            ("169.254.1.1", .notice), ("0.0.0.0", .notice), ("172.32.0.1", nil),
        ] as [(String, Severity?)]) func records(address: String, severity: Severity?) throws
    {
        let key = RecordSetKey(try Name("www.tern.test"), .a)
        let data = try RecordData(type: .a, text: address)
        let found = try Self.findings("address") { snapshot in
            for index in snapshot.authorities.indices {
                snapshot.authorities[index].answers[key]?.records = [Record(name: key.name, ttl: 300, data: data)]
            }
        }
        #expect(found.map(\.severity) == [severity].compactMap(\.self))
        #expect(found.allSatisfy { $0.subject == key && $0.code == .addressPrivate })
    }

    @Test(arguments: [("127.0.0.53", true), ("fd00::1", true), ("192.0.2.1", false)])
    func servers(address: String, isTold: Bool) throws {
        let glue = try #require(IPAddress(address))
        let found = try Self.findings("address") { $0.parent.hosts[0].glue = [glue] }
        #expect(found.map(\.severity) == (isTold ? [.warning] : []))
    }

    /// A query without EDNS has no record in its additional section; one with it has the OPT.
    @Test(
        arguments: [(0, 40, [Severity.notice]), (1, 1400, [.notice]), (1, 1232, []), (1, 40, [])]
            as [(UInt8, Int, [Severity])])
    func extensions(additional: UInt8, size: Int, severities: [Severity]) throws {
        let found = try Self.findings("transport") { snapshot in
            let key = RecordSetKey(snapshot.domain, .soa)
            let query = [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, additional, 0, 0, 6, 0, 1]
            snapshot.authorities[0].answers[key]?.wire = WireEvidence(
                query: query, answer: [UInt8](repeating: 0, count: size))
        }
        #expect(found.map(\.code) == severities.map { _ in .transportEDNS })
        #expect(found.map(\.severity) == severities)
    }

    /// A server without SOA at the apex serves another zone, or nothing; an alias there is another fault.
    @Test(arguments: [false, true]) func serverWithoutSOA(isAlias: Bool) throws {
        var world = try SmallWorld()
        var snapshot = try world.snapshot(.regular, after: 0)
        var empty = Answer(outcome: .noData, at: snapshot.at)
        if isAlias {
            let data = try RecordData(type: .cname, text: "www.egret.test.")
            empty.aliases = [Record(name: snapshot.domain, ttl: 300, data: data)]
        }
        snapshot.authorities[0].answers[RecordSetKey(snapshot.domain, .soa)] = empty
        world.state.learntAt = snapshot.at
        var verdicts = VerdictCache()
        let picture = Picture(
            watch: world.watch, state: world.state, snapshot: snapshot, verifier: NoCrypto(), verdicts: &verdicts)
        #expect(picture.servers[0].answers == isAlias)
    }
}
