import DNSWire
import LapwingCore
import Testing

@Suite struct PolicyTests {
    private func value(_ type: RecordType, _ texts: [String]) throws -> SetValue {
        SetValue(kind: .data, members: Member.sorted(try texts.map { try RecordData(type: type, text: $0) }))
    }

    @Test(arguments: [
        ("\"v=spf1 mx -all\"", 3), ("\"v=spf1 mx ~all\"", 2), ("\"v=spf1 mx ?all\"", 1), ("\"v=spf1 +all\"", 0),
        ("\"v=spf1 mx all\"", 0), ("\"v=spf1 mx\"", 1), ("\"v=spf1 redirect=_spf.example.net\"", 3),
        ("\"V=SPF1 MX -ALL\"", 3), ("\"v=spf1 \" \"-all\"", 3),
    ])
    func strengthOfSPF(_ text: String, _ strength: Int) throws {
        #expect(try TextMeaning(value(.txt, [text])).spf?.strength == strength)
    }

    @Test(arguments: [
        ("\"v=DMARC1; p=reject\"", 300), ("\"v=DMARC1;p=quarantine; pct=50\"", 150), ("\"v=DMARC1; p=none\"", 100),
        ("\"v=DMARC1\"", 100), ("\"v=DMARC1; p = reject ; rua=mailto:a@b.example\"", 300),
    ])
    func strengthOfDMARC(_ text: String, _ strength: Int) throws {
        #expect(try TextMeaning(value(.txt, [text])).dmarc?.strength == strength)
    }

    @Test func tokensStayApartFromSPF() throws {
        let meaning = try TextMeaning(value(.txt, ["\"v=spf1 -all\"", "\"verify=abc\"", "\"v=spf10 odd\""]))
        #expect(meaning.spf?.strength == 3)
        #expect(meaning.others == ["v=spf10 odd", "verify=abc"])
    }

    @Test func issuersOfCAA() throws {
        let policy = try CAAPolicy(
            value(.caa, ["0 issue \"ca.example; account=1\"", "0 issuewild \";\"", "0 iodef \"mailto:a@b.example\""]))
        #expect(policy.issuers == ["ca.example"])
        #expect(policy.wildcardIssuers == [])
        #expect(!policy.isOpen)
        #expect(CAAPolicy(SetValue(kind: .noData)).isOpen)
    }

    @Test(
        arguments: [
            ("order", "MX", ["10 a.test.", "20 b.test."], ["20 b.test.", "10 a.test."], true),
            ("case", "MX", ["10 a.test."], ["10 A.Test."], true),
            ("preference", "MX", ["10 a.test."], ["20 a.test."], false),
            ("case of text", "TXT", ["\"Token\""], ["\"token\""], false),
            ("serial", "SOA", ["a.test. b.test. 1 2 3 4 5"], ["a.test. b.test. 9 2 3 4 5"], true),
            ("timer", "SOA", ["a.test. b.test. 1 2 3 4 5"], ["a.test. b.test. 1 7 3 4 5"], false),
            ("doubles", "A", ["192.0.2.1", "192.0.2.1"], ["192.0.2.1"], true),
        ] as [(String, String, [String], [String], Bool)])
    func setsAreComparedByMeaning(_ name: String, _ type: String, _ one: [String], _ two: [String], _ isEqual: Bool)
        throws
    {
        let type = try #require(RecordType(type))
        #expect(try (value(type, one) == value(type, two)) == isEqual)
    }
}
