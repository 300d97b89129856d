import DNSWire
import LapwingCore
import LapwingSimulation

/// Small scenarios for tests, over a base world with one server and one resolver.
enum Fixture {
    static let bases = """
        monitor:
          domain: crake.test
          poll: 5
          registry_poll: 60
          learn: 60
          region: here
          auto_renew: false
          watch: [[crake.test, NS], [crake.test, A], [www.crake.test, A]]
          sensitive: []
          controls: [control.test]
          maintenance: []
        plain:
          epoch: "2026-05-04T06:00:00Z"
          seed: 3
          keys: {}
          servers: {s: {host: ns.crake.test, addr: [192.0.2.1], serves: main}}
          zones:
            main:
              origin: crake.test
              serial: 7
              soa: {ttl: 900, mname: ns.crake.test, rname: a.crake.test, refresh: 900, retry: 300, expire: 86400, minimum: 300}
              missing: NXDOMAIN
              rrs:
                - [crake.test, NS, 3600, ns.crake.test]
                - [ns.crake.test, A, 3600, 192.0.2.1]
                - [crake.test, A, 600, 203.0.113.1]
                - [www.crake.test, CNAME, 600, crake.test]
                - [shop.crake.test, CNAME, 600, shop.elsewhere.test]
                - ["*.crake.test", TXT, 60, any]
              policy: []
              dnssec: null
          parent: {zone: test, state: ok, ns: [ns.crake.test], ns_ttl: 3600, glue: {ns.crake.test: [192.0.2.1]}, ds: [], ds_ttl: 3600, bogus: false}
          resolvers:
            r: {addr: 192.0.2.53, region: here, validate: true, caches: 1, ttl_cap: 86400, ttl_floor: 0, serve_stale: 0, aggressive_nsec: true, sha1: true, nsec3_insecure_over: 50, nsec3_servfail_over: 150}
          registry: {registrar: {name: One, iana: 1}, status: [active], created: "2020-01-01T00:00:00Z", updated: "2020-01-01T00:00:00Z", expires: "2028-01-01T00:00:00Z", nameservers: parent, secure: parent, rdap: ok, whois: ok}
          elsewhere: [[control.test, A, 300, 203.0.113.50], [shop.elsewhere.test, A, 60, 203.0.113.60]]
          unregistered: [gone.test]
          conds: []
        signed:
          use: plain
          keys: {k: {flags: 257, alg: 13, tag: 1}, z: {flags: 256, alg: 13, tag: 2}}
          zones:
            main:
              dnssec: {keys: [k, z], ksk_signs: [k], zsk_signs: [z], dnskey_ttl: 600, dnskey_bytes: 400, window: {last: -60, every: 1440, valid: 2880, bump: false}, denial: nsec, nsec3_iterations: 0, bad: []}
          parent: {ds: [k]}
        """

    /// A scenario with this world, timeline and end.
    static func scenario(
        world: String = "{use: plain}", timeline: String = "[]", end: Int = 100, more: String = "",
        expect: String = "{ceiling: info, max_pages: 0, max_notices: 0, incidents: []}"
    ) throws -> Scenario {
        let text = """
            format: 1
            id: t
            kind: benign
            title: a test
            world: \(world)
            timeline: \(timeline)
            end: \(end)
            expect: \(expect)
            \(more)
            """
        return try Scenario(yaml: text, file: "t.yaml", bases: ScenarioTree(yaml: bases, file: "bases.yaml"))
    }
}

extension World {
    static let server = IPAddress.v4(0xC000_0201)
    static let resolver = IPAddress.v4(0xC000_0235)

    /// One question over UDP, or TCP; nil where no answer comes.
    func ask(
        _ address: IPAddress, _ name: String, _ type: RecordType, at second: Int, tcp: Bool = false, cd: Bool = false
    ) throws -> Message? {
        var query = Message.query(try Name(name), type, id: 0x4321, edns: EDNS(udpSize: 1232, dnssecOK: true))
        if cd { query.flags.insert(.checkingDisabled) }
        return try answer(server: address, overTCP: tcp, query: query.encoded(), at: second).map {
            try Message(decoding: $0)
        }
    }
}
