import RegistrationData
import Testing

@Suite struct WHOISFormTests {
    static let all =
        WHOISCase.european + WHOISCase.moreEuropean + WHOISCase.world + WHOISCase.moreWorld + WHOISCase.generic
        + WHOISCase.rare + WHOISCase.registrars

    @Test("answers in the forms of registries", arguments: all) func reads(_ case: WHOISCase) {
        let registration = WHOISText(`case`.answer, domain: `case`.domain).registration
        #expect(registration.outcome == `case`.outcome)
        #expect(registration.expires?.value.description == `case`.expires)
        if let created = `case`.created { #expect(registration.created?.value.description == created) }
        #expect((registration.nameServers?.value ?? []).sorted() == `case`.nameServers.sorted())
        #expect(registration.statuses?.value ?? [] == `case`.statuses)
        #expect(registration.alarms == `case`.alarms)
        if let registrar = `case`.registrar { #expect(registration.registrar?.value == registrar) }
    }

    @Test(
        "and the addresses that stand with name servers",
        arguments: [
            ("Name Server: ns1.x.tld 192.0.2.1", ["ns1.x.tld": ["192.0.2.1"]]),
            ("Name Server: ns1.x.tld (192.0.2.1, 2001:db8::1)", ["ns1.x.tld": ["192.0.2.1", "2001:db8::1"]]),
            (
                "nserver: ns1.x.tld 192.0.2.1\nnserver: ns1.x.tld 2001:DB8::1",
                ["ns1.x.tld": ["192.0.2.1", "2001:DB8::1"]]
            ),
            ("nserver: ns1.x.tld 192.0.2.1 192.0.2.1", ["ns1.x.tld": ["192.0.2.1"]]),
            (
                "Name Server: ns1.x.tld | IPv4: 192.0.2.1 and IPv6: 2001:db8::1",
                ["ns1.x.tld": ["192.0.2.1", "2001:db8::1"]]
            ),
            ("Name Server: ns1.x.tld:192.0.2.1", ["ns1.x.tld": ["192.0.2.1"]]),
            ("Name Server: ns1.x.tld", [:]),
            // To which of them it belongs, nobody says.
            ("Name Server: ns1.x.tld ns2.x.tld 192.0.2.1", [:]),
            ("Name Server: ns1.x.tld 2026", [:]),
            ("Name Server: 192.0.2.1", [:]),
        ] as [(String, [String: [String]])])
    func addresses(_ lines: String, _ wanted: [String: [String]]) {
        let answer = "Domain Name: X.TLD\nCreation Date: 2020-01-01T00:00:00Z\n\(lines)\n"
        #expect(WHOISText(answer, domain: "x.tld").registration.nameServerAddresses == wanted)
    }
}
