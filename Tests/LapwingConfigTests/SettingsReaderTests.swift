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

    static func faults(_ text: String, files: [String: String] = [:]) -> [String] {
        do throws(ConfigFaults) {
            _ = try read(text, files: files)
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

    @Test("addresses that are not asked")
    func unasked() throws {
        #expect(try Self.read("domains: [example.com]\n").unasked == nil)
        #expect(try Self.read("unasked: []\ndomains: [example.com]\n").unasked == [])
        let settings = try Self.read("unasked: [10.0.0.0/8, '::1']\ndomains: [example.com]\n")
        #expect(settings.unasked?.map(\.description) == ["10.0.0.0/8", "::1/128"])
        #expect(Self.faults("unasked: [10.0.0.1/8]\ndomains: [example.com]\n").first?.contains("10.0.0.1/8") == true)
    }

    struct Routed: Sendable {
        var routes: String
        var severity: Severity
        var changes: Bool
    }

    static let routed = [
        Routed(routes: "", severity: .warning, changes: true),
        Routed(routes: "routes: [{to: ops}]\n", severity: .warning, changes: true),
        Routed(routes: "routes: [{to: ops, severity: critical}]\n", severity: .critical, changes: false),
        Routed(routes: "routes: [{to: ops, severity: warning}]\n", severity: .warning, changes: false),
        Routed(routes: "routes: [{to: ops, severity: critical, changes: true}]\n", severity: .critical, changes: true),
        Routed(routes: "routes: [{to: ops, changes: false}]\n", severity: .warning, changes: false),
    ]

    @Test("what goes which way", arguments: routed)
    func routes(_ routed: Routed) throws {
        let settings = try Self.read("domains: [example.com]\nchannels: {ops: {log: {}}}\n" + routed.routes)
        var route = Route(channels: ["ops"], severity: routed.severity, changes: routed.changes)
        if routed.routes.isEmpty { route.digest = .standard }
        #expect(settings.routes == [route])
    }

    @Test(
        "links lead somewhere",
        arguments: [
            ("", "http://127.0.0.1:9053"), ("listen: '[::1]:80'\n", "http://[::1]:80"),
            ("web: {external_url: 'https://dns.example.com/w/'}\n", "https://dns.example.com/w"),
        ])
    func pageURL(_ text: String, _ url: String) throws {
        #expect(try Self.read("domains: [example.com]\n" + text).pageURL == url)
    }

    @Test(
        "what one domain may cost is bounded",
        arguments: [
            ("names", 144, nil),
            (
                "names", 167,
                "lapwing.yml:1:36: error: domains[0].names: 167 names with 9 types are 1005 record sets; a domain may have 1000"
            ),
            ("controls", 17, "lapwing.yml:1:39: error: domains[0].controls: 17 entries; at most 16 are taken"),
            ("tags", 65, "lapwing.yml:1:35: error: domains[0].tags: 65 entries; at most 64 are taken"),
        ] as [(String, Int, String?)])
    func bounds(_ key: String, _ count: Int, _ fault: String?) {
        let list = (0..<count).map { "h\($0)" }.joined(separator: ", ")
        let found = Self.faults("domains: [{name: a.example, \(key): [\(list)]}]\n")
        #expect(found == (fault.map { [$0] } ?? []))
    }

    @Test("7000 names are refused before they are worked out")
    func manyNames() {
        let list = (0..<7000).map { "h\($0)" }.joined(separator: ", ")
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(Self.faults("defaults: {names: [\(list)]}\ndomains: [a.example, b.example]\n").count == 1)
        }
        #expect(time < .seconds(2))
    }

    @Test("expectations count too")
    func expectedSets() {
        let list = (0..<1200).map { "\"h\($0)/A\": [192.0.2.1]" }.joined(separator: ", ")
        let found = Self.faults("domains: [{name: a.example, expect: {\(list)}}]\n")
        #expect(found.count == 1 && found[0].contains("record sets with these"))
    }

    @Test(
        "durations and times out of range are faults, not traps",
        arguments: [
            "interval: 9223372036854775807s", "interval: 9223372036854775808d", "second_look: -1s",
            "history: {keep: 6d}", "history: {keep: 4000d}", "history: {keep: 99999999999999w}", "history: {kept: 9d}",
            "registration: {budgets: {whois.example.com: 0}}", "registration: {budgets: {whois.example.com: 86401}}",
            "registration: {budgets: {whois: 100}}", "registration: {budgets: {'https://a.example/': 100}}",
            "registration: {budgets: [100]}", "registration: {budgets: {whois.example.com: many}}",
            "defaults: {ttl: {low: 4294967296s}}", "metrics: {max_domain_series: 9223372036854775808}",
            "domains: [{name: a.example, expires: 9223372036854775807}]",
            "domains: [{name: a.example, expires: 0000-01-01}]",
            "domains: [{name: a.example, expires: -9223372036854775808}]",
            "maintenance: [{from: 1, to: 253402300800}]", "listen: 127.0.0.1:99999999999999999999",
        ])
    func hostileNumbers(_ text: String) {
        #expect(Self.faults(text + "\n").count == 1)
    }

    @Test("how long history is kept")
    func history() throws {
        #expect(try Self.read("domains: [a.example]\n").keepsHistoryFor == 400 * 86_400)
        #expect(try Self.read("history: {keep: 7d}\n").keepsHistoryFor == 7 * 86_400)
    }

    @Test(
        "severities are the operator's: of all domains, of defaults, of one domain",
        arguments: [
            ("severities: {ttl.low: warning}\ndomains: [a.example]\n", "ttl.low", Severity.warning),
            ("severities: {ttl.*: info}\ndomains: [a.example]\n", "ttl.uneven", .info),
            ("severities: {ttl.*: info, ttl.cut: critical}\ndomains: [a.example]\n", "ttl.cut", .critical),
            (
                "severities: {ttl.low: info}\ndefaults: {severities: {ttl.low: warning}}\ndomains: [a.example]\n",
                "ttl.low", .warning
            ),
            (
                "severities: {ttl.low: info}\ndomains: [{name: a.example, severities: {ttl.low: critical}}]\n",
                "ttl.low", .critical
            ),
            (
                "severities: {ttl.low: info}\ndomains: [{name: a.example, severities: {ttl.cut: critical}}]\n",
                "ttl.low", .info
            ),
            ("domains: [a.example]\n", "ttl.low", nil),
        ] as [(String, String, Severity?)])
    func severities(_ text: String, _ code: String, _ severity: Severity?) throws {
        let watch = try #require(try Self.read(text).watches.first)
        #expect(watch.severities.severity(of: code) == severity)
    }

    @Test(
        "mistakes in severities have their place and a suggestion",
        arguments: [
            (
                "severities: {ttl.lwo: warning}\n",
                "lapwing.yml:1:14: error: severities: `ttl.lwo` is no finding, nor a family such as dnssec.*; did you mean `ttl.low`?"
            ),
            (
                "severities: {ttl.low: warnign}\n",
                "lapwing.yml:1:23: error: severities.ttl.low: `warnign` is none of info, notice, warning, critical; did you mean `warning`?"
            ),
            (
                "severities: {nothing.*: info}\n",
                "lapwing.yml:1:14: error: severities: `nothing.*` is no finding, nor a family such as dnssec.*"
            ),
            ("severities: [ttl.low]\n", "lapwing.yml:1:13: error: severities: expected keys and values, found a list"),
        ])
    func severityFaults(_ text: String, _ fault: String) {
        #expect(Self.faults(text) == [fault])
    }

    @Test("how long an outage must last: for all, for what says nothing else, for one")
    func confirmation() throws {
        func patience(_ text: String) throws -> [Int64] { try Self.read(text + "\n").watches.map(\.outagePatience) }
        #expect(try patience("domains: [a.example]") == [120])
        #expect(try patience("confirm: {authority-outage: 30s}\ndomains: [a.example]") == [30])
        let all = "confirm: {authority-outage: 30s}\ndefaults: {confirm: {authority-outage: 0s}}\n"
        let domains = "domains: [a.example, {name: b.example, confirm: {authority-outage: 10m}}]"
        #expect(try patience(all + domains) == [0, 600])
        #expect(Self.faults("confirm: {authority-outage: 2h}\n").count == 1)
        #expect(Self.faults("confirm: {authority_outage: 2m}\n").count == 1)
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
                "lapwing.yml:9:5: error: domains[0]: `exa mple..com` is no domain name: it holds a blank or a comma",
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
        let records = watch.expected.values.compactMap(\.exactly).flatMap { $0.map(\.text) }
        #expect(Set(records) == ["192.0.2.10", "10 mail."])
        #expect(watch.maintenance.first?.covers == [.a, .ns])
    }

    @Test(
        "only addresses of this machine are loopback",
        arguments: [
            ("127.0.0.1", true), ("127.9.9.9", true), ("localhost", true), ("LOCALHOST", true), ("::1", true),
            ("::ffff:127.0.0.1", true), ("127.evil.example", false), ("127.0.0.1.evil.example", false),
            ("127.1", false),
            ("0.0.0.0", false), ("::", false), ("localhost.", false), ("192.0.2.1", false), ("2001:db8::1", false),
        ])
    func loopback(host: String, isLoopback: Bool) {
        #expect(Settings.Listener(host: host, port: 9053).isLoopback == isLoopback)
        let listen = host.contains(":") ? "[\(host)]" : host
        #expect(Self.faults("listen: '\(listen):9053'\n").isEmpty == isLoopback)
    }

    @Test("what the listener is told is checked where it stands")
    func web() throws {
        let token = String(repeating: "0aF9", count: 16)
        let settings = try Self.read(
            """
            web: {external_url: "https://tools.example.net:8443/dns/", hosts: [Monitor.example.org, "2001:db8::1"],
                  tokens: [\(token)]}

            """)
        #expect(settings.web.hosts == ["monitor.example.org", "2001:db8::1"])
        #expect(settings.web.tokens == [token])
        for (text, place) in [
            ("hosts: ['a:80']", "1:15"), ("hosts: [http://a]", "1:15"), ("hosts: ['']", "1:15"),
            ("hosts: ['*.a']", "1:15"),
            ("external_url: a.example", "1:21"), ("external_url: ftp://a", "1:21"),
            ("external_url: 'https://b\u{FC}cher.example'", "1:21"), ("external_url: 'https://u:p@a.example/'", "1:21"),
            ("external_url: 'https:///x'", "1:21"),
            ("tokens: [secret]", "1:16"), ("host: [a]", "1:7"),
        ] {
            let faults = Self.faults("web: {\(text)}\n")
            #expect(faults.count == 1 && faults[0].hasPrefix("lapwing.yml:\(place): error: "), "\(text): \(faults)")
            #expect(!faults.joined().contains("secret"))
        }
    }
}
