import LapwingCore

/// One ordinary domain, with the actions of its owner, its hosts and its resolvers in a year.
struct PortfolioDomain: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// Fixed addresses at a hosting provider.
        case plain
        /// The same, signed with DNSSEC.
        case signed
        /// Addresses from a large pool, different ones in each answer.
        case rotating
        /// The web host is an alias to a provider.
        case alias
        /// Other addresses in other regions.
        case regional
    }

    /// One event, as steps of a timeline.
    struct Event: Sendable {
        var minute: Int
        var steps: [(minute: Int, text: String)]
    }

    let number: Int
    let kind: Kind
    let chance: Chance
    private(set) var events: [Event] = []

    static let year = 525_600
    static let learn = 2880
    private static let day = 1440

    /// - Parameter mishaps: whether there are mishaps as well.
    init(number: Int, seed: UInt64, mishaps: Bool = false) {
        self.number = number
        kind = Kind.allCases[number % Kind.allCases.count]
        chance = Chance(seed).mixed(with: number)
        var story = PortfolioStory(kind: kind, chance: chance)
        events = story.tell(mishaps: mishaps)
    }

    var id: String { "\(kind.rawValue)-\(number)" }
    /// The minutes of all events.
    var minutes: [Int] { Set(events.flatMap { $0.steps.map(\.minute) }).sorted() }

    /// The scenario in its file format.
    var text: String {
        let steps = events.flatMap(\.steps).enumerated().sorted {
            ($0.element.minute, $0.offset) < ($1.element.minute, $1.offset)
        }
        let timeline = steps.map { "  - {at: \($0.element.minute), \($0.element.text)}\n" }.joined()
        return """
            format: 1
            id: \(id)
            kind: benign
            title: a year
            world: {use: \(kind.rawValue), seed: \(chance.below(1_000_000))}
            timeline:
            \(timeline)
            end: \(Self.year)
            expect: {ceiling: warning, max_pages: 0, max_notices: 1000, incidents: []}
            """
    }

    /// Two servers, two resolvers, seven RRsets.
    static let bases = """
        monitor:
          domain: knot.test
          poll: 10
          registry_poll: 1440
          learn: 2880
          region: here
          auto_renew: false
          watch: [[knot.test, NS], [knot.test, A], [knot.test, MX], [knot.test, TXT], [knot.test, CAA], [www.knot.test, A], [login.knot.test, A]]
          sensitive: [[knot.test, NS], [knot.test, MX], [login.knot.test, A]]
          controls: [steady.test, still.example.net]
          maintenance: []
        plain:
          epoch: "2026-01-05T00:00:00Z"
          seed: 1
          keys: {}
          servers:
            one: {host: ns1.mooring.example.net, addr: [192.0.2.1], serves: main}
            two: {host: ns2.mooring.example.net, addr: [192.0.2.2], serves: main}
            new1: {host: ns1.quay.example.net, addr: [198.51.100.1], serves: main}
            new2: {host: ns2.quay.example.net, addr: [198.51.100.2], serves: main}
          zones:
            main:
              origin: knot.test
              serial: 1000
              soa: {ttl: 3600, mname: ns1.mooring.example.net, rname: dns.knot.test, refresh: 7200, retry: 900, expire: 1209600, minimum: 900}
              missing: NXDOMAIN
              rrs:
                - [knot.test, NS, 86400, ns1.mooring.example.net, ns2.mooring.example.net]
                - [knot.test, A, 3600, 203.0.113.10]
                - [knot.test, MX, 3600, 10 mail.knot.test]
                - [knot.test, TXT, 3600, "v=spf1 mx -all"]
                - [knot.test, CAA, 3600, "0 issue \\"pki.example.net\\""]
                - [www.knot.test, A, 600, 203.0.113.10, 203.0.113.11]
                - [login.knot.test, A, 3600, 203.0.113.12]
                - [mail.knot.test, A, 3600, 203.0.113.13]
              policy: []
              dnssec: null
          parent: {zone: test, state: ok, ns: [ns1.mooring.example.net, ns2.mooring.example.net], ns_ttl: 86400, glue: {}, ds: [], ds_ttl: 3600, bogus: false}
          resolvers:
            r1: {addr: 203.0.113.201, region: here, validate: true, caches: 2, ttl_cap: 86400, ttl_floor: 0, serve_stale: 0, aggressive_nsec: true, sha1: true, nsec3_insecure_over: 50, nsec3_servfail_over: 150}
            r2: {addr: 203.0.113.202, region: there, validate: true, caches: 1, ttl_cap: 21600, ttl_floor: 30, serve_stale: 60, aggressive_nsec: false, sha1: true, nsec3_insecure_over: 100, nsec3_servfail_over: 500}
          registry: {registrar: {name: Bollard Names, iana: 9201}, status: [client transfer prohibited], created: "2014-06-01T00:00:00Z", updated: "2025-06-01T00:00:00Z", expires: "2027-06-01T00:00:00Z", nameservers: parent, secure: parent, rdap: ok, whois: ok}
          elsewhere: [[steady.test, A, 300, 198.51.100.201], [still.example.net, A, 900, 198.51.100.202], [knot.shops.example.net, A, 60, 192.0.2.180], [mx.post.example.net, A, 300, 192.0.2.181], [_spf.post.example.net, TXT, 3600, "v=spf1 ip4:192.0.2.128/26 -all"]]
          unregistered: []
          conds: []
        signed:
          use: plain
          keys: {ksk: {flags: 257, alg: 13, tag: 1}, ksk2: {flags: 257, alg: 13, tag: 2}, zsk: {flags: 256, alg: 13, tag: 3}, zsk2: {flags: 256, alg: 13, tag: 4}}
          zones:
            main:
              dnssec: {keys: [ksk, zsk], ksk_signs: [ksk], zsk_signs: [zsk], dnskey_ttl: 3600, dnskey_bytes: 400, window: {last: -600, every: 4320, valid: 20160, bump: true}, denial: nsec3, nsec3_iterations: 0, bad: []}
          parent: {ds: [ksk]}
        rotating:
          use: plain
          zones:
            main:
              policy:
                - {name: www.knot.test, type: A, ttl: 60, how: subset, pick: 3, of: [203.0.113.20, 203.0.113.21, 203.0.113.22, 203.0.113.23, 203.0.113.24, 203.0.113.25, 203.0.113.26, 203.0.113.27, 203.0.113.28, 203.0.113.29]}
              rrs:
                - [knot.test, NS, 86400, ns1.mooring.example.net, ns2.mooring.example.net]
                - [knot.test, A, 3600, 203.0.113.10]
                - [knot.test, MX, 3600, 10 mail.knot.test]
                - [knot.test, TXT, 3600, "v=spf1 mx -all"]
                - [knot.test, CAA, 3600, "0 issue \\"pki.example.net\\""]
                - [login.knot.test, A, 3600, 203.0.113.12]
                - [mail.knot.test, A, 3600, 203.0.113.13]
        alias:
          use: plain
          zones:
            main:
              rrs:
                - [knot.test, NS, 86400, ns1.mooring.example.net, ns2.mooring.example.net]
                - [knot.test, A, 3600, 203.0.113.10]
                - [knot.test, MX, 3600, 10 mail.knot.test]
                - [knot.test, TXT, 3600, "v=spf1 mx -all"]
                - [knot.test, CAA, 3600, "0 issue \\"pki.example.net\\""]
                - [www.knot.test, CNAME, 600, knot.shops.example.net]
                - [login.knot.test, A, 3600, 203.0.113.12]
                - [mail.knot.test, A, 3600, 203.0.113.13]
        regional:
          use: plain
          zones:
            main:
              policy:
                - {name: www.knot.test, type: A, ttl: 120, how: region, map: {here: [203.0.113.10], there: [203.0.113.40], default: [203.0.113.41]}}
              rrs:
                - [knot.test, NS, 86400, ns1.mooring.example.net, ns2.mooring.example.net]
                - [knot.test, A, 3600, 203.0.113.10]
                - [knot.test, MX, 3600, 10 mail.knot.test]
                - [knot.test, TXT, 3600, "v=spf1 mx -all"]
                - [knot.test, CAA, 3600, "0 issue \\"pki.example.net\\""]
                - [login.knot.test, A, 3600, 203.0.113.12]
                - [mail.knot.test, A, 3600, 203.0.113.13]
        """
}
