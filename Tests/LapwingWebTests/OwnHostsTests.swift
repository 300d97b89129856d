import LapwingWeb
import Testing

@Suite struct OwnHostsTests {
    private static let loopback = OwnHosts(
        listen: "127.0.0.1", externalURL: "https://Tools.example.net:8443/dns/",
        hosts: ["monitor.example.org", "192.0.2.7"])
    private static let everywhere = OwnHosts(listen: "0.0.0.0")

    @Test(arguments: [
        ("localhost", true), ("LOCALHOST.:1", true), ("127.0.0.1:9053", true), ("127.255.0.9", true), ("[::1]:9", true),
        ("[::ffff:7f00:1]", true), ("192.0.2.7", true), ("monitor.example.org:443", true), ("tools.example.net", true),
        ("example.org", false), ("a.monitor.example.org", false), ("127.evil.example", false), ("0.0.0.0", false),
        ("192.0.2.8", false), ("[2001:db8::1]", false), ("localhost.evil.example", false), ("198.51.100.4", true),
    ])
    func hosts(text: String, isOurs: Bool) throws {
        let authority = try #require(Authority(text))
        #expect(Self.loopback.includes(authority, arrivedAt: "198.51.100.4") == isOurs)
    }

    @Test(arguments: [("192.0.2.8:9053", true), ("[2001:db8::1]", true), ("localhost", true), ("evil.example", false)])
    func everyAddress(text: String, isOurs: Bool) throws {
        #expect(Self.everywhere.includes(try #require(Authority(text)), arrivedAt: "10.0.0.1") == isOurs)
    }

    @Test(arguments: [
        "", ":80", "a b", "user@localhost", "localhost:", "localhost:0", "localhost:65536", "localhost:+1", "[::1",
        "[1.2.3.4]",
        "[::1]x", "localhost/x", "a,b", "\u{430}.example", String(repeating: "a", count: 301),
    ])
    func noAuthorities(text: String) { #expect(Authority(text) == nil) }

    @Test(arguments: [
        ("http://127.0.0.1:9053", "127.0.0.1:9053", true), ("http://localhost", "localhost:80", true),
        ("https://localhost", "localhost", true), ("https://tools.example.net:8443", "127.0.0.1:9053", true),
        ("https://tools.example.net:8443/dns/check", "tools.example.net", true),
        ("http://tools.example.net:8443", "127.0.0.1", false), ("http://localhost:3000", "localhost:9053", false),
        ("null", "localhost", false), ("file://", "localhost", false),
        ("http://localhost@evil.example", "localhost", false),
        ("http://evil.example/http://localhost", "localhost", false), ("localhost", "localhost", false),
    ])
    func places(place: String, host: String, isOurs: Bool) throws {
        #expect(Self.loopback.isOwn(place, authority: try #require(Authority(host))) == isOurs)
    }
}
