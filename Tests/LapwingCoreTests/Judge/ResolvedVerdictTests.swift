import DNSSEC
import DNSWire
import LapwingCore
import Testing

@Suite struct ResolvedVerdictTests {
    static let domain = name("example.com")

    private static func name(_ text: String) -> Name { (try? Name(text)) ?? .root }

    /// Where a chain fails, whether that is a matter of the domain, and how grave it is.
    @Test(arguments: [
        (Reason.Code.keyMismatch, Name.root, FindingCode.monitorIntercepted, Severity.warning),
        (.keyMissing, .root, .monitorIntercepted, .warning),
        (.keyMismatch, name("com"), .dnssecBroken, .critical),
        (.keyMismatch, domain, .dnssecBroken, .critical),
        (.signatureExpired, .root, .dnssecBroken, .critical),
    ])
    func aChainThatFails(_ kind: Reason.Code, _ zone: Name, _ code: FindingCode, _ severity: Severity) throws {
        let reason = Reason(kind, zone: zone, "a key is missing")
        let found = try #require(ResolvedVerdict.finding(Proof(.bogus, reason), Self.domain, beside: []))
        #expect(found.code == code)
        #expect(found.severity == severity)
        #expect(found.text.isNot?.contains(code == .monitorIntercepted ? "any domain" : "resolvers") == true)
    }

    @Test func whatIsNotBogusIsNoFinding() {
        #expect(ResolvedVerdict.finding(.secure, Self.domain, beside: []) == nil)
        let reason = Reason(.keyMismatch, zone: .root, "")
        for verdict in [Verdict.insecure, .indeterminate] {
            #expect(ResolvedVerdict.finding(Proof(verdict, reason), Self.domain, beside: []) == nil)
        }
    }
}
