import RegistrationData
import Testing

@Suite struct WHOISHostileTests {
    @Test(
        "large and odd answers end soon and say nothing",
        arguments: [
            String(repeating: ":", count: 300_000), String(repeating: "a:\n", count: 100_000),
            String(repeating: "Expiry Date: \n", count: 20_000), String(repeating: " ", count: 300_000),
            String(repeating: "[", count: 100_000), String(repeating: "(((", count: 90_000),
            String(repeating: "\t", count: 300_000),
            String(repeating: "x. ", count: 90_000), String(repeating: ". . . ", count: 45_000), "\0\0\0", "\u{FEFF}",
            "\r\n\r\n",
            String(repeating: "ns1.example.net ", count: 16_000), String(repeating: "é", count: 150_000),
        ])
    func floods(_ text: String) {
        let clock = ContinuousClock()
        let start = clock.now
        let registration = WHOISText(text, domain: "example.com").registration
        #expect(registration.isRegistered == nil)
        #expect(clock.now - start < .seconds(10), "a bound for a loaded machine; it takes milliseconds")
    }

    @Test(
        "prose and foreign dates are no facts",
        arguments: [
            "NOTICE: The expiration date displayed in this record is the date the registrar's sponsorship is set to expire.\n",
            "Domain Name: EXAMPLE.COM\nRegistrar: R\nNOTICE: expiration date 2027-01-01 is an example\n",
            "Domain Name: EXAMPLE.COM\nRegistrar: R\noption expiration date: 2027.01.01 00:00:00\n",
            "Domain Name: EXAMPLE.COM\nRegistrar: R\nfree-date: 2027-01-01\noutzone: 2027-01-02\ndelete: 2027-01-03\n",
            "Domain Name: EXAMPLE.COM\nRegistrar: R\n>>> Last update of WHOIS database: 2027-01-01T00:00:00Z <<<\n",
            "Domain Name: EXAMPLE.COM\nRegistrar: R\nanniversary: 09/02\n",
            "Domain Name: EXAMPLE.COM\nRegistrar: R\nExpiry Date: 03/04/2027\n",
            "Domain Name: EXAMPLE.COM\nRegistrar: R\nExpiry Date: 9999-12-31\n",
            "Domain Name: EXAMPLE.COM\nRegistrar: R\nKey Expiration Date: 2027-01-01\nDNSSEC signature expires: 2027-01-02\n",
            "Domain Name: EXAMPLE.COM\nRegistrar: R\n\nContact: C1\nExpires of password: 2027-01-01\n",
        ])
    func prose(_ text: String) {
        #expect(WHOISText(text, domain: "example.com").registration.expires == nil)
    }

    @Test("the terms of use neither free a domain nor limit a client")
    func terms() {
        let terms = """
            You agree that you will use this data only for lawful purposes. Queries that exceed the
            limit reached by other clients may be refused; access denied to abusers. To check whether a
            domain is available, not found or reserved, ask your registrar. Too many
            requests lead to a block.

            Domain Name: EXAMPLE.COM
            Registry Expiry Date: 2027-08-13T04:00:00Z
            Name Server: A.EXAMPLE.NET
            """
        let registration = WHOISText(terms, domain: "example.com").registration
        #expect(registration.outcome == .registered)
        #expect(registration.expires?.value.description == "2027-08-13T04:00:00Z")
    }

    @Test("the record of another name does not count")
    func otherName() {
        let text = """
            Domain Name: OTHER.COM
            Registry Expiry Date: 2030-01-01T00:00:00Z
            Name Server: NS1.OTHER.NET

            Domain Name: EXAMPLE.COM
            Registry Expiry Date: 2027-08-13T04:00:00Z
            Name Server: A.EXAMPLE.NET

            Domain Name: THIRD.COM
            Name Server: C.EXAMPLE.NET
            """
        let registration = WHOISText(text, domain: "example.com").registration
        #expect(registration.expires?.value.description == "2027-08-13T04:00:00Z")
        #expect(registration.nameServers?.value == ["a.example.net"])
    }

    @Test("a limit with data behind it is no free domain")
    func limitWithAbsence() {
        let text = "%% Too many requests...\n%%\n%% No entries found in the database.\n"
        let registration = WHOISText(text, domain: "example.fr").registration
        #expect(registration.outcome == .throttled)
        #expect(registration.isRegistered == nil)
        let nominet =
            "\n    Error for \"x.co.uk\".\n\n    The WHOIS query quota for 192.0.2.1 has been exceeded\n    and will be replenished in 50 seconds.\n"
        #expect(WHOISText(nominet, domain: "x.co.uk").registration.retryAfter == 50)
    }

    @Test("bytes at random are no crash")
    func random() {
        var state: UInt64 = 7
        for _ in 0..<300 {
            var bytes: [UInt8] = []
            for _ in 0..<400 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let choice = Array(":.[]()%#/-\n\n\t  0127aeEx\u{e9}".utf8)
                bytes.append(choice[Int(state >> 33) % choice.count])
            }
            _ = WHOISText(String(decoding: bytes, as: UTF8.self), domain: "a.e").registration
        }
    }
}
