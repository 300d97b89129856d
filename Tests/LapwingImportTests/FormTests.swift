import DNSWire
import LapwingImport
import Testing

@Suite("What other tools keep of domains")
struct FormTests {
    static let zone = """
        $ORIGIN example.org.
        $TTL 1h
        @       IN SOA ns1 hostmaster ( 7 2h 30m 2w 5m )
                IN NS  ns1
                IN NS  ns.elsewhere.net.
                IN MX  10 mail
        ns1        A   192.0.2.53
        mail       A   192.0.2.25
                   AAAA 2001:db8::25
        _dmarc     TXT "v=DMARC1; p=none"
        *          A   192.0.2.80
        child      NS  ns1.child
        ns1.child  A   192.0.2.54
        """

    @Test("a zone file: names and types, nothing of what another zone answers for")
    func zoneFile() throws {
        let result = try Reading.read(Self.zone)
        #expect(result.format == .zone)
        #expect(
            Reading.lines(result) == [
                #"example.org. {"names": {"@": null, "ns1": ["A"], "mail": ["A", "AAAA"], "_dmarc": ["TXT"], "*": ["A"]}}"#
            ])
        let mail = result.domains.first?.records.first { $0.type == .mx }
        #expect(mail?.data?.text == "10 mail.example.org." && mail?.place.line == 6)
    }

    static let zoneFaults: [(String, String, String)] = [
        ("@ 60 IN A 192.0.2.1\n", "input", "input:1: the zone's name is not said"),
        ("$ORIGIN example.org.\n@ 60 IN SOA a b 1 2 3 4 5\nwww 60 IN A 192.0.2.256\n", "z", "z:3:13: "),
        ("$ORIGIN example.org.\n$INCLUDE other\n", "z", "named-compilezone"),
        ("$ORIGIN example.org.\n@ 60 IN SOA a b ( 1 2 3 4 5\n", "z", "z:2:17: the parenthesis is never closed"),
    ]

    @Test("a zone with a mistake is refused whole, with the place", arguments: zoneFaults.indices)
    func zoneFault(_ index: Int) {
        let (text, name, expected) = Self.zoneFaults[index]
        #expect(Reading.fault(text, name: name).contains(expected), "\(Reading.fault(text, name: name))")
    }

    @Test("a zone is called as its file where it does not say its name")
    func fileName() throws {
        let result = try Reading.read("@ 60 IN A 192.0.2.1\nwww 60 IN CNAME @\n", name: "zones/db.example.com")
        #expect(Reading.lines(result) == [#"example.com. {"names": {"@": null, "www": ["CNAME"]}}"#])
    }

    @Test("a list")
    func list() throws {
        let result = try Reading.read(
            "example.com\n# no\nexample.org, example.net ; www.example.co.uk\nhttp://a.example/x\n")
        #expect(result.format == .list)
        #expect(
            result.domains.map(\.name.description) == [
                "example.com.", "example.org.", "example.net.", "www.example.co.uk.",
            ])
        #expect(
            result.faults.map(\.description) == [
                "input:4: `http://a.example/x` is a URL; the domain in it is a.example"
            ])
    }

    @Test("blackbox.yml")
    func blackbox() throws {
        let result = try Reading.read(
            """
            modules:
              http_2xx: {prober: http}
              mx: {prober: dns, dns: {query_name: example.com, query_type: MX}}
              www: {prober: dns, dns: {query_name: www.example.com}}
              odd: {prober: dns, dns: {query_name: a.example, query_type: NOPE}}
              open: {prober: dns}
            """)
        #expect(result.format == .blackbox)
        #expect(
            Reading.lines(result) == [#"example.com. {"names": {"@": null, "www": ["A", "AAAA", "CNAME"]}}"#])
        #expect(result.faults.map(\.place.line) == [2, 5, 6])
        #expect(result.faults.map(\.weight) == [.leftOut, .refused, .leftOut])
    }

    @Test("Gatus")
    func gatus() throws {
        let result = try Reading.read(
            """
            endpoints:
              - {name: web, group: core, url: "https://www.example.org:8443/health", conditions: ["[STATUS] == 200"]}
              - name: dns
                url: 192.0.2.53
                dns: {query-name: example.com, query-type: MX}
              - {name: off, enabled: false, url: "https://example.net"}
              - {name: address, url: "icmp://192.0.2.1"}
              - {name: variable, url: "https://${HOST}/"}
            """)
        #expect(result.format == .gatus)
        #expect(
            Reading.lines(result) == [
                #"example.org. {"names": {"@": null, "www": ["A", "AAAA", "CNAME"]}, "tags": ["core"]}"#,
                #"example.com. {"names": {"@": null}}"#,
            ])
        #expect(result.faults.map(\.place.line) == [6, 7, 8])
    }

    @Test("Uptime Kuma")
    func kuma() throws {
        let result = try Reading.read(
            """
            {"version": "1.23.11", "notificationList": [], "monitorList": [
             {"id": 1, "name": "dns", "type": "dns", "hostname": "example.com", "dns_resolve_type": "TXT", "active": 1,
              "tags": [{"name": "client", "value": "a"}, {"name": "mail", "value": ""}]},
             {"id": 2, "name": "web", "type": "http", "url": "https://shop.example.com/", "active": true},
             {"id": 3, "name": "push", "type": "push", "active": true},
             {"id": 4, "name": "old", "type": "http", "url": "https://example.net", "active": 0}]}
            """)
        #expect(result.format == .uptimeKuma)
        #expect(
            Reading.lines(result) == [
                #"example.com. {"names": {"@": null, "shop": ["A", "AAAA", "CNAME"]}, "tags": ["client:a", "mail"]}"#
            ])
        #expect(result.faults.map(\.place.line) == [5, 6])
    }

    @Test("octoDNS: a folder with its list of zones")
    func octoDNS() throws {
        let result = try Reading.folder([
            (
                "production.yaml",
                """
                providers: {config: {class: octodns.provider.yaml.YamlProvider, directory: ./config}}
                zones:
                  example.com.: {sources: [config], targets: [route53]}
                  example.net.: {alias: example.com.}
                  example.org.: {sources: [other], targets: [route53]}
                """
            ),
            (
                "config/example.com.yaml",
                """
                '':
                  - {type: MX, values: [{preference: 10, exchange: mail.example.net.}]}
                  - {type: TXT, value: 'v=spf1 -all\\; x'}
                www: {type: CNAME, value: example.com.}
                geo: {type: A, values: [192.0.2.1], dynamic: {pools: {}}}
                shared: !include ../common/a.yaml
                """
            ),
            ("common/a.yaml", "type: A\nvalues: [192.0.2.7, 192.0.2.8]\n"),
        ])
        #expect(result.format == .octoDNS)
        let names = #"{"names": {"@": null, "www": ["CNAME"], "geo": ["A"], "shared": ["A"]}}"#
        #expect(
            Reading.lines(result) == ["example.com. \(names)", "example.net. \(names)", "example.org. {}"])
        let records = result.domains.first?.records ?? []
        #expect(records.first { $0.type == .txt }?.data?.text == #""v=spf1 -all; x""#)
        #expect(records.first { $0.type == .mx }?.data?.text == "10 mail.example.net.")
        #expect(records.first { $0.name.description == "geo.example.com." }?.data == nil)
        #expect(result.faults.map(\.place.description) == ["dns/production.yaml:5 (zones.example.org.)"])
    }

    @Test("dnscontrol print-ir")
    func dnsControl() throws {
        let result = try Reading.read(
            """
            {"registrars": [{"name": "none"}], "dns_providers": [{"name": "bind"}], "domains": [
             {"name": "example.com", "registrar": "none", "dnsProviders": {"bind": -1}, "records": [
              {"type": "MX", "name": "@", "ttl": 300, "target": "mail.example.net.", "mxpreference": 10},
              {"type": "SRV", "name": "_sip._tcp", "target": "sip.example.com.", "srvpriority": 1, "srvweight": 2, "srvport": 5060},
              {"type": "CAA", "name": "@", "caatag": "issue", "target": "ca.example"},
              {"type": "ALIAS", "name": "www", "target": "cdn.example.net."},
              {"type": "CF_REDIRECT", "name": "@", "target": "a,b"}],
              "nameservers": [{"name": "ns1.example.net"}]}]}
            """)
        #expect(result.format == .dnsControl)
        #expect(
            Reading.lines(result) == [
                #"example.com. {"names": {"@": null, "_sip._tcp": ["SRV"], "www": ["A", "AAAA"]}}"#
            ])
        #expect(
            result.domains.first?.records.compactMap { $0.data?.text } == [
                "ns1.example.net.", "10 mail.example.net.", "1 2 5060 sip.example.com.", #"0 issue "ca.example""#,
            ])
        #expect(result.faults.map(\.weight) == [.leftOut])
    }

    @Test("a document of another kind is refused", arguments: [#"{"a": 1}"#, "a: b\n", "[1, {}]"])
    func otherDocuments(_ text: String) {
        #expect(Reading.fault(text).contains("none that is known"), "\(Reading.fault(text))")
    }
}
