import DNSWire
import LapwingConfig
import LapwingCore
import Testing

@Suite("Configuration")
struct SettingsReaderTests {
    static func read(
        _ text: String, environment: [String: String] = [:], files: [String: String] = [:]
    ) throws(ConfigFaults) -> Settings {
        let surroundings = SettingsReader.Surroundings(environment: environment, contents: { files[$0] })
        return try SettingsReader(surroundings).read(text, file: "lapwing.yml")
    }

    static func faults(_ text: String) -> [String] {
        do throws(ConfigFaults) {
            _ = try read(text)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test("one name is enough")
    func oneName() throws {
        let settings = try Self.read("domains: [example.com]\n")
        #expect(settings.watches.map(\.domain.description) == ["example.com."])
        #expect(settings.resolvers.map(\.label) == ["google", "cloudflare", "opendns"])
        #expect(settings.watches[0].interval == 300)
        let apex = try Name("example.com")
        let www = try Name("www.example.com")
        #expect(settings.watches[0].sets.contains(RecordSetKey(apex, .mx)))
        #expect(settings.watches[0].sets.contains(RecordSetKey(www, .a)))
        #expect(!settings.watches[0].sets.contains(RecordSetKey(www, .soa)))
    }

    @Test("the example is valid")
    func example() throws {
        _ = try Self.read(ExampleConfiguration.text)
    }

    @Test("eight mistakes give eight places in one run")
    func eightMistakes() {
        let text = """
            listen: 9053
            intervall: 5m
            resolvers:
              google: 8.8.8.8.8
            defaults:
              records: [A, AAAAA]
              ttl: {low: fast}
            domains:
              - exa mple..com
              - name: example.org
                interval: 1s
                dnssec: sometimes
            store: one.db
            store: two.db

            """
        #expect(
            Self.faults(text) == [
                "lapwing.yml:1:9: error: listen: expected host:port such as 127.0.0.1:9053, found `9053`",
                "lapwing.yml:2:1: error: unknown key `intervall`; did you mean `interval`?",
                "lapwing.yml:4:11: error: resolvers.google: `8.8.8.8.8` is no server (8.8.8.8, 8.8.8.8:5353, "
                    + "[2001:db8::1]:53, tcp://…, tls://9.9.9.9#dns.quad9.net, https://dns.example/dns-query)",
                "lapwing.yml:6:16: error: defaults.records[1]: `AAAAA` is no record type (A, MX, … or TYPE65280)",
                "lapwing.yml:7:14: error: defaults.ttl.low: expected a duration such as 90s, 5m, 12h or 30d, found `fast`",
                "lapwing.yml:9:5: error: domains[0]: `exa mple..com` is no domain name",
                "lapwing.yml:11:15: error: domains[1].interval: 1s is outside 10s to 1d",
                "lapwing.yml:12:13: error: domains[1].dnssec: `sometimes` is none of auto, required, off",
                "lapwing.yml:14:1: error: duplicate key `store`",
            ])
    }

    static let mistakes: [(text: String, fault: String)] = [
        ("", "1:1: error: file is empty"),
        ("domains: example.com\n", "1:10: error: domains: expected a list, found a text"),
        ("domains:\n", "1:9: error: domains: expected a list, found a missing value"),
        ("- a\n", "1:1: error: file: expected keys and values, found a list"),
        ("a: [\n", "not YAML"),
        ("domains: [a.example, A.example]\n", "1:22: error: domains[1]: A.example. is listed twice"),
        ("domains: [{names: [www]}]\n", "1:11: error: domains[0]: key `name` is missing"),
        ("store: ${NOWHERE}\n", "1:8: error: store: the environment has no variable NOWHERE"),
        ("domains: [{file: none.txt}]\n", "1:18: error: domains[0].file: cannot read none.txt"),
        ("routes: [{to: [ops]}]\n", "1:16: error: routes[0].to[0]: there is no channel `ops`"),
        ("channels: {ops: {webhook: {url: ftp://x}}}\n", "1:33: error: channels.ops.webhook.url: expected http://"),
        (
            "channels: {ops: {webhok: {}}}\n",
            "1:18: error: unknown key `webhok` in channels.ops; did you mean `webhook`?"
        ),
        ("listen: 0.0.0.0:80\n", "1:9: error: listen: 0.0.0.0 can be reached by others"),
        ("domains: [{name: a.example, name: b.example}]\n", "1:29: error: duplicate key `name` in domains[0]"),
        (
            "domains: [a.example]\nmaintenance: [{from: 2026-12-01T20:00:00Z, to: 2026-12-01T19:00:00Z}]\n",
            "2:48: error: maintenance[0]: the window ends before it begins"
        ),
    ]

    @Test("mistakes are told with their place", arguments: mistakes)
    func mistake(_ text: String, _ fault: String) {
        let faults = Self.faults(text)
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }

    @Test("variables of the environment")
    func variables() throws {
        let text = "store: ${DIR:-/tmp}/${NAME}$$.db\n"
        #expect(try Self.read(text, environment: ["NAME": "x"]).store == "/tmp/x$.db")
        #expect(try Self.read(text, environment: ["NAME": "x", "DIR": "/var"]).store == "/var/x$.db")
    }

    @Test("a file of names")
    func fileOfNames() throws {
        let files = ["d.txt": "# ours\none.example\n\n two.example # second\n"]
        let settings = try Self.read("domains: [{file: d.txt, tags: [x]}]\n", files: files)
        #expect(settings.watches.map(\.domain.description) == ["one.example.", "two.example."])
        #expect(settings.watches.allSatisfy { $0.tags == ["x"] })
    }

    @Test("expectations, sensitive sets and windows")
    func expectations() throws {
        let text = """
            domains:
              - name: example.org
                sensitive: [NS, portal/A]
                expect: {"www/A": [192.0.2.10], MX: "10 mail"}
            maintenance:
              - {domains: [example.org], from: 2026-12-01T20:00:00Z, to: 2026-12-01T22:00:00Z, covers: [A, NS]}

            """
        let watch = try #require(try Self.read(text).watches.first)
        #expect(watch.sensitive.contains(RecordSetKey(try Name("portal.example.org"), .a)))
        #expect(watch.expected.count == 2)
        #expect(watch.maintenance.first?.covers == [.a, .ns])
    }
}
