import DNSWire
import LapwingCore
import Testing

@Suite struct AddressBlockTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.0/8", "::ffff:10.1.1.1", true),
        ("192.168.1.128/25", "192.168.1.127", false), ("192.168.1.128/25", "192.168.1.200", true),
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("0.0.0.0/0", "203.0.113.1", true),
        ("0.0.0.0/0", "2001:db8::1", false), ("fc00::/7", "fd00::1", true), ("fc00::/7", "fe80::1", false),
        ("::/127", "::1", true), ("::/127", "::2", false),
    ]) func contains(block: String, address: String, isInside: Bool) throws {
        let whole = try #require(AddressBlock(block))
        let one = try #require(IPAddress(address))
        #expect(whole.contains(one) == isInside)
    }

    @Test(arguments: [
        "", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "example.com", "fc00::/129",
    ])
    func isNone(text: String) { #expect(AddressBlock(text) == nil) }

    @Test(arguments: ["127.0.0.1", "10.1.1.1", "::1", "fe80::1", "169.254.1.1", "100.64.0.1", "239.1.1.1", "0.0.0.0"])
    func notOfInternet(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressBlock.notOfInternet.block(of: address) != nil)
    }

    @Test(arguments: ["8.8.8.8", "192.0.2.1", "198.51.100.1", "2001:db8::1", "172.32.0.1", "100.128.0.1"])
    func ofInternet(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressBlock.notOfInternet.block(of: address) == nil)
    }
}
