import DNSWire
import LapwingWeb
import Testing

@Suite("Who runs the name servers")
struct NameServerHostsTests {
    @Test(
        "is told from their names",
        arguments: [
            (["ns1.dns.example", "ns2.dns.example"], "dns.example"), (["a.ns.dns.example"], "dns.example"),
            (["ns.one.co.uk", "ns.two.example"], "two.example, one.co.uk"),
            (["a.one.example", "b.two.example", "c.three.example"], "one.example, three.example and 1 more"),
            (["ns1.shop.example", "NS2.Shop.Example"], "own name servers"),
            (["ns1.shop.example", "ns.dns.example"], "dns.example, own name servers"),
            (["ns-1.awsdns-01.org", "ns-2.awsdns-22.co.uk", "ns-3.awsdns-33.com"], "awsdns"),
            (["ns1.123.example"], "123.example"), (["localhost"], "localhost"),
        ])
    func words(_ servers: [String], _ text: String) throws {
        let suffixes = try Set(["com", "org", "uk", "co.uk", "example"].map { try Name($0) })
        let found = NameServerHosts.text(
            of: try servers.map { try Name($0).folded }, domain: try Name("shop.example")
        ) { suffixes.contains($0) }
        #expect(found == text)
    }

    @Test("is not known without any")
    func none() throws {
        #expect(NameServerHosts.text(of: [], domain: try Name("shop.example")) { _ in false } == nil)
    }
}
