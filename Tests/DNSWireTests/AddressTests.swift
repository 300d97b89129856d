import DNSWire
import Testing

@Suite("Addresses")
struct AddressTests {
    @Test(
        "text of addresses",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("::", "::"), ("::1", "::1"),
            ("1::", "1::"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"), ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ])
    func read(_ text: String, _ expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(
        "text that is no address",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", ":", ":::", "1:2", "1:2:3:4:5:6:7:8:9",
            "1::2::3",
            "12345::", "::1.2.3", "1.2.3.4::", "1:2:3:4:5:6:7:1.2.3.4", "::g", "1:2:3:4:5:6:7:", "::1%lo",
            "1:2:3:4:5:6:7:8::",
        ])
    func refused(_ text: String) { #expect(IPAddress(text) == nil) }

    @Test("an IPv4-mapped address is another address")
    func mapped() throws {
        let mapped = try #require(IPAddress("::ffff:192.0.2.1"))
        let plain = try #require(IPAddress("192.0.2.1"))
        #expect(mapped != plain && mapped.unmapped == plain)
    }

    @Test(
        "text of servers",
        arguments: [
            ("8.8.8.8", "8.8.8.8"), ("8.8.8.8:5353", "8.8.8.8:5353"), ("8.8.8.8:53", "8.8.8.8"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]:5300", "[2001:db8::1]:5300"), ("tcp://192.0.2.1", "tcp://192.0.2.1"), ("[::1]:53", "::1"),
            ("tls://9.9.9.9#dns.quad9.net", "tls://9.9.9.9#dns.quad9.net"), ("tls://[::1]:8853", "tls://[::1]:8853"),
            ("https://dns.example/dns-query", "https://dns.example/dns-query"),
            ("https://dns.example", "https://dns.example/dns-query"),
            ("https://192.0.2.1:8443/q", "https://192.0.2.1:8443/q"), ("TLS://192.0.2.1", "tls://192.0.2.1"),
            ("udp://192.0.2.1", "192.0.2.1"),
        ])
    func server(_ text: String, _ expected: String) throws {
        let server = try #require(ServerAddress(text))
        #expect(server.description == expected)
        #expect(ServerAddress(server.description) == server)
    }

    @Test(
        "text that is no server",
        arguments: [
            "", "dns.google", "8.8.8.8:0", "8.8.8.8:65536", "8.8.8.8:", "[8.8.8.8]:53", "[::1", "[::1]x",
            "ftp://8.8.8.8",
            "tcp://8.8.8.8#name", "tls://8.8.8.8#", "tls://8.8.8.8#a b", "https://", "https:///dns-query", "8.8.8.8:+5",
        ])
    func notServer(_ text: String) { #expect(ServerAddress(text) == nil) }
}
