package import LapwingCore

/// The events in the embedded world of `lapwing demo`: a few domains, each with a story that takes about two hours on
/// its clock.
package struct DemoScript: Sendable {
    /// A real event in the world, which is never disclosed to the monitor.
    package struct Moment: Sendable {
        /// Minutes since the start of the demonstration.
        package var minute: Int
        /// The affected domain, without the trailing dot.
        package var domain: String
        /// A sentence about the event.
        package var text: String
    }

    struct Domain: Sendable {
        var name: String
        var world: String
        var timeline: String
        var moments: [(minute: Int, text: String)]
    }

    /// The start: minute 0 of all stories.
    package let epoch: Timestamp
    let domains: [Domain]

    /// Minutes of learning before the start.
    static let learn = 360

    package init(epoch: Timestamp) {
        self.epoch = epoch
        domains = [
            Self.hijacked, Self.lapsing, Self.moving, Self.rotating, Self.poisoned, Self.limping, Self.expiring(epoch),
            Self.quiet, Self.station, Self.museum, Self.theatre, Self.library,
            Self.bridge, Self.garden,
        ]
    }

    /// All events in order.
    package var moments: [Moment] {
        domains.flatMap { domain in
            domain.moments.map { Moment(minute: $0.minute, domain: domain.name, text: $0.text) }
        }.sorted { ($0.minute, $0.domain) < ($1.minute, $1.domain) }
    }

    func scenarios() throws(ScenarioError) -> [Scenario] {
        var result: [Scenario] = []
        for domain in domains { result.append(try scenario(of: domain)) }
        return result
    }

    /// Returns the scenario of a domain, with steps that users have caused at its end.
    func scenario(of domain: Domain, caused steps: [String] = []) throws(ScenarioError) -> Scenario {
        let bases = try ScenarioTree(yaml: Self.bases(domain.name, epoch: epoch), file: "demo/bases.yaml")
        let own = domain.timeline.drop { $0 != "[" }.dropFirst()
        let known = String(own.prefix(own.lastIndex(of: "]").map { own.distance(from: own.startIndex, to: $0) } ?? 0))
        let timeline = ([known] + steps).filter { $0.contains("{") }.joined(separator: ", ")
        let text = """
            format: 1
            id: \(domain.name)
            kind: benign
            title: demo
            world: \(domain.world)
            timeline: [\(timeline)]
            end: 100000
            expect: {ceiling: info, max_pages: 0, max_notices: 0, incidents: []}
            """
        return try Scenario(yaml: text, file: "demo/\(domain.name).yaml", bases: bases)
    }

    private static let hijacked = Domain(
        name: "harbour.test",
        world: """
            {use: plain, servers: {x: {host: ns1.fence.test, addr: [198.51.100.66], serves: stolen}, y: {host: ns2.fence.test, addr: [198.51.100.67], serves: stolen}},
              zones: {stolen: {copy: main, serial: 1, rrs: [[harbour.test, NS, 300, ns1.fence.test, ns2.fence.test], [login.harbour.test, A, 60, 198.51.100.68], [harbour.test, MX, 60, 10 mail.fence.test]]}}}
            """,
        timeline: """
            [{at: 31, set: {parent/ns: [ns1.fence.test, ns2.fence.test]}}, {at: 95, set: {parent/ns: [ns1.dns.example.net, ns2.dns.example.net]}}]
            """,
        moments: [
            (31, "a stranger in the registrar account points the delegation to ns1.fence.test and ns2.fence.test"),
            (95, "the registrar puts the delegation back"),
        ])

    private static let lapsing = Domain(
        name: "ledger.test", world: "{use: signed}",
        timeline: "[{at: 1, set: {zones/main/dnssec/window: {from: -90, to: 80}}}]",
        moments: [(1, "the signer stops; its last signatures are good until minute 80")])

    private static let moving = Domain(
        name: "orchard.test",
        world: """
            {use: plain, servers: {n: {host: a.dns.heron.test, addr: [192.0.2.71], serves: main}, m: {host: b.dns.heron.test, addr: [192.0.2.72], serves: main}}}
            """,
        timeline: """
            [{at: 12, rr: [[orchard.test, NS, 3600, ns1.dns.example.net, ns2.dns.example.net, a.dns.heron.test, b.dns.heron.test]]},
             {at: 52, set: {parent/ns: [a.dns.heron.test, b.dns.heron.test]}}]
            """,
        moments: [
            (12, "the owner announces new name servers in the zone"),
            (52, "the delegation moves to them, as announced"),
        ])

    private static let rotating = Domain(
        name: "gallery.test",
        world: """
            {use: plain, zones: {main: {rrs: [[gallery.test, NS, 3600, ns1.dns.example.net, ns2.dns.example.net], [gallery.test, A, 600, 203.0.113.10], [gallery.test, MX, 3600, 10 mail.gallery.test], [mail.gallery.test, A, 3600, 203.0.113.25], [login.gallery.test, A, 1800, 203.0.113.40]],
              policy: [{name: www.gallery.test, type: A, ttl: 60, how: subset, pick: 3, of: [192.0.2.160, 192.0.2.161, 192.0.2.162, 192.0.2.163, 192.0.2.164, 192.0.2.165, 192.0.2.166, 192.0.2.167, 192.0.2.168, 192.0.2.169, 192.0.2.170, 192.0.2.171]}]}}}
            """,
        timeline: "[]",
        moments: [(3, "a content network gives 3 of 12 addresses for www, others each time: nothing to report")])

    private static let poisoned = Domain(
        name: "bakery.test", world: "{use: plain}",
        timeline: """
            [{at: 8, rr: [[www.bakery.test, A, 20, 203.0.113.10, 203.0.113.11]]}, {at: 42, rr: [[www.bakery.test, A, 20, 203.0.113.12, 203.0.113.13]]},
             {at: 58, cond: {id: forged, actor: south, do: override, rr: [login.bakery.test, A, 86400, 198.51.100.99]}}, {at: 110, clear: [forged], flush: [south]}]
            """,
        moments: [
            (8, "the owner lowers the TTL of www to 20 seconds"), (42, "and moves it to new addresses"),
            (58, "a forged address for login enters the cache of the resolver south"),
            (110, "its operator flushes the cache"),
        ])

    private static let limping = Domain(
        name: "studio.test", world: "{use: plain}",
        timeline: "[{at: 17, cond: {id: down, actor: two, do: timeout}}, {at: 90, clear: [down]}]",
        moments: [(17, "the second name server falls silent"), (90, "it is back")])

    private static func expiring(_ epoch: Timestamp) -> Domain {
        Domain(
            name: "archive.test",
            world: "{use: plain, registry: {expires: \"\(epoch.adding(seconds: 20 * 86_400))\"}}", timeline: "[]",
            moments: [(0, "the registration ends in 20 days and has not been renewed")])
    }

    private static let quiet = Domain(
        name: "kiosk.test", world: "{use: signed, \(withoutGlue)}", timeline: "[]", moments: [])

    /// The name servers are not below the zone above, so it need not give their addresses: they are looked up.
    private static let withoutGlue = "parent: {glue: {ns1.dns.example.net: [], ns2.dns.example.net: []}}"

    // To these domains nothing happens unless a user causes it.
    static let station = Domain(
        name: "station.test",
        world: """
            {use: plain, servers: {x: {host: ns1.fence.test, addr: [198.51.100.66], serves: stolen}, y: {host: ns2.fence.test, addr: [198.51.100.67], serves: stolen}},
              zones: {stolen: {copy: main, serial: 1, rrs: [[station.test, NS, 300, ns1.fence.test, ns2.fence.test], [login.station.test, A, 60, 198.51.100.68], [station.test, MX, 60, 10 mail.fence.test]]}}}
            """, timeline: "[]", moments: [])
    static let museum = Domain(
        name: "museum.test",
        world: """
            {use: plain, servers: {n: {host: a.dns.heron.test, addr: [192.0.2.71], serves: main}, m: {host: b.dns.heron.test, addr: [192.0.2.72], serves: main}}}
            """, timeline: "[]", moments: [])
    static let theatre = Domain(name: "theatre.test", world: "{use: signed}", timeline: "[]", moments: [])
    static let bridge = Domain(
        name: "bridge.test", world: "{use: plain, \(withoutGlue)}", timeline: "[]", moments: [])
    static let garden = Domain(
        name: "garden.test", world: "{use: plain, \(withoutGlue)}", timeline: "[]", moments: [])
    static let library = Domain(name: "library.test", world: "{use: plain}", timeline: "[]", moments: [])

    private static func bases(_ domain: String, epoch: Timestamp) -> String {
        """
        monitor:
          domain: \(domain)
          poll: 5
          registry_poll: 60
          learn: \(learn)
          region: north
          auto_renew: false
          watch: [[\(domain), NS], [\(domain), SOA], [\(domain), A], [\(domain), MX], [\(domain), TXT], [www.\(domain), A], [login.\(domain), A], [mail.\(domain), A]]
          sensitive: [[\(domain), NS], [\(domain), MX], [login.\(domain), A]]
          controls: [steady.test, still.example.net]
          maintenance: []
        plain:
          epoch: "\(epoch)"
          seed: \(domain.utf8.count)
          keys: {}
          servers:
            one: {host: ns1.dns.example.net, addr: [192.0.2.53], serves: main}
            two: {host: ns2.dns.example.net, addr: [198.51.100.53], serves: main}
          zones:
            main:
              origin: \(domain)
              serial: 2026010100
              soa: {ttl: 3600, mname: ns1.dns.example.net, rname: dns.\(domain), refresh: 3600, retry: 600, expire: 1209600, minimum: 300}
              missing: NXDOMAIN
              rrs:
                - [\(domain), NS, 3600, ns1.dns.example.net, ns2.dns.example.net]
                - [\(domain), A, 600, 203.0.113.10]
                - [\(domain), MX, 3600, 10 mail.\(domain)]
                - [\(domain), TXT, 3600, "v=spf1 mx -all"]
                - [www.\(domain), A, 600, 203.0.113.10, 203.0.113.11]
                - [login.\(domain), A, 1800, 203.0.113.40]
                - [mail.\(domain), A, 3600, 203.0.113.25]
              policy: []
              dnssec: null
          parent: {zone: test, state: ok, ns: [ns1.dns.example.net, ns2.dns.example.net], ns_ttl: 3600, glue: {}, ds: [], ds_ttl: 3600, bogus: false}
          resolvers:
            north: {addr: 203.0.113.151, region: north, validate: true, caches: 3, ttl_cap: 86400, ttl_floor: 0, serve_stale: 0, aggressive_nsec: true, sha1: true, nsec3_insecure_over: 50, nsec3_servfail_over: 150}
            south: {addr: 203.0.113.152, region: south, validate: true, caches: 1, ttl_cap: 43200, ttl_floor: 0, serve_stale: 0, aggressive_nsec: true, sha1: true, nsec3_insecure_over: 50, nsec3_servfail_over: 150}
            island: {addr: 203.0.113.153, region: south, validate: false, caches: 2, ttl_cap: 7200, ttl_floor: 30, serve_stale: 0, aggressive_nsec: false, sha1: true, nsec3_insecure_over: 50, nsec3_servfail_over: 150}
          registry:
            registrar: {name: Perch Domains, iana: 9107}
            status: [client transfer prohibited]
            created: "\(epoch.adding(seconds: -1500 * 86_400))"
            updated: "\(epoch.adding(seconds: -200 * 86_400))"
            expires: "\(epoch.adding(seconds: 500 * 86_400))"
            nameservers: parent
            secure: parent
            rdap: ok
            whois: ok
          elsewhere: [[steady.test, A, 300, 198.51.100.201], [still.example.net, A, 900, 198.51.100.202], [mail.fence.test, A, 60, 198.51.100.69]]
          unregistered: []
          conds: []
        signed:
          use: plain
          keys: {ksk: {flags: 257, alg: 13, tag: 1}, zsk: {flags: 256, alg: 13, tag: 2}}
          zones:
            main:
              dnssec: {keys: [ksk, zsk], ksk_signs: [ksk], zsk_signs: [zsk], dnskey_ttl: 3600, dnskey_bytes: 430, window: {last: -30, every: 60, valid: 110, bump: false}, denial: nsec, nsec3_iterations: 0, bad: []}
          parent: {ds: [ksk]}
        """
    }
}
