import RegistrationData
import Testing

@Suite struct RegistrationAnswerTests {
    @Test("one line in, one line out")
    func lines() {
        let line = """
            {"id":"7","domain":"example.com","server":"s","raw":"Domain Name: EXAMPLE.COM\\nRegistrar: R \\"x\\"\\nRegistry Expiry Date: 2027-08-13\\nDomain Status: clientHold\\nName Server: NS.EXAMPLE.NET.\\n"}
            """
        let expected = """
            {"id":"7","outcome":"registered","registered":true,"expires":"2027-08-13","created":null,"updated":null,\
            "registrar":"R \\"x\\"","status":["clientHold"],"nameservers":["ns.example.net"],"secure":null,"alarms":["clientHold"]}
            """
        #expect(RegistrationAnswer.answer(toLine: Array(line.utf8))?.json == expected)
    }

    @Test("RDAP lines, broken objects and lines that are no case")
    func others() {
        func answer(_ line: String) -> String? { RegistrationAnswer.answer(toLine: Array(line.utf8))?.json }
        #expect(
            answer("{\"id\":\"1\",\"domain\":\"a.no\",\"rdap\":{\"ldhName\":\"a.no\"}}")?.contains(
                "\"registered\":true") == true)
        #expect(
            answer("{\"id\":\"1\",\"rdap\":{}}")?.contains("\"outcome\":\"unavailable\",\"registered\":null") == true)
        #expect(answer("{\"id\":\"1\"}")?.contains("\"registered\":null") == true)
        #expect(answer("{\"domain\":\"a.no\"}") == nil)
        #expect(answer("nonsense") == nil)
    }

    @Test("two sources make one set of facts, and nothing known is replaced")
    func completion() throws {
        let rdap = try RDAPDocument(Array("{\"ldhName\":\"a.fi\",\"status\":[\"active\"]}".utf8)).registration
        let whois = WHOISText("domain: a.fi\nexpires: 4.7.2027 10:15:55\nstatus: Registered\n", domain: "a.fi")
            .registration
        let both = rdap.completed(by: whois)
        #expect(both.expires?.value.description == "2027-07-04T10:15:55")
        #expect(both.expires?.source == .registryWHOIS)
        #expect(both.statuses?.source == .registryRDAP)
        #expect(both.expiry == .given)
        let limited = WHOISText("WHOIS LIMIT EXCEEDED\n", domain: "a.fi").registration
        #expect(both.completed(by: limited) == both)
        var free = Registration(outcome: .available)
        free.isRegistered = false
        #expect(free.completed(by: whois) == free)
    }
}
