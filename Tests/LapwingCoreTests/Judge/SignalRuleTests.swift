import DNSWire
import LapwingCore
import Testing

/// CDS and CDNSKEY as two servers serve them, and what is said of them.
@Suite struct SignalRuleTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        /// CDS and CDNSKEY, one pair of sets for each server.
        var digests: [[String]]
        var keys: [[String]]
        var isSecure = true
        var severity: Severity?
    }

    private static let digest = "4711 13 2 " + String(repeating: "AB", count: 32)
    private static let key = "257 3 13 " + String(repeating: "QUFB", count: 21) + "QQ=="

    static let cases = [
        Case(testDescription: "nothing asked", digests: [[], []], keys: [[], []]),
        Case(
            testDescription: "an end asked for", digests: [["0 0 0 00"], ["0 0 0 00"]],
            keys: [["0 3 0 AA=="], ["0 3 0 AA=="]], severity: .notice),
        Case(
            testDescription: "an end beside a key", digests: [["0 0 0 00", digest], ["0 0 0 00", digest]],
            keys: [[], []], severity: .warning),
        Case(
            testDescription: "one server asks for an end", digests: [["0 0 0 00"], []], keys: [[], []],
            severity: .warning),
        Case(
            testDescription: "a key that nobody has", digests: [[digest], [digest]], keys: [[], []], severity: .warning),
        Case(
            testDescription: "digest and key disagree", digests: [[digest], [digest]], keys: [[key], [key]],
            severity: .warning),
        Case(
            testDescription: "an unsigned delegation", digests: [["0 0 0 00"], []], keys: [[], []], isSecure: false),
    ]

    @Test(arguments: cases) func told(_ example: Case) throws {
        let world = try SmallWorld()
        var snapshot = try world.snapshot(.regular, after: 0)
        let apex = world.domain
        func answer(_ type: RecordType, _ data: [String]) throws -> Answer {
            var answer = Answer(outcome: data.isEmpty ? .noData : .data, at: snapshot.at)
            answer.authoritative = true
            answer.records = try data.map {
                Record(name: apex, ttl: 3600, data: try RecordData(type: type, text: $0))
            }
            return answer
        }
        if example.isSecure { snapshot.parent.ds = try answer(.ds, [Self.digest]).records }
        for index in snapshot.authorities.indices {
            let answers = try [
                RecordSetKey(apex, .cds): answer(.cds, example.digests[index]),
                RecordSetKey(apex, .cdnskey): answer(.cdnskey, example.keys[index]),
                RecordSetKey(apex, .dnskey): answer(.dnskey, [Self.key]),
            ]
            snapshot.authorities[index].answers.merge(answers) { $1 }
        }
        let rule = try #require(Rulebook.all.first { $0.name == "signals" })
        var verdicts = VerdictCache()
        let picture = Picture(
            watch: world.watch, state: world.state, snapshot: snapshot, verifier: NoCrypto(), verdicts: &verdicts)
        let findings = rule.judge(picture, [])
        #expect(findings.map(\.code) == (example.severity == nil ? [] : [.dnssecSignals]))
        #expect(findings.first?.severity == example.severity)
        #expect(findings.allSatisfy { $0.text.check?.contains("CDS") == true })
    }
}
