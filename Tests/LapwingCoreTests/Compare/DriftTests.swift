import DNSWire
import LapwingCore
import Testing

/// What is declared against what is served, as values.
@Suite("Drift")
struct DriftTests {
    static let domain = "example.org"

    static func zone(
        _ records: [(String, RecordType, UInt32?, String?)], _ form: DeclaredZone.Form = .zone, isComplete: Bool = true
    ) throws -> DeclaredZone {
        var zone = DeclaredZone(try Name(domain), source: "zones", form: form, isComplete: isComplete)
        for (index, (name, type, ttl, text)) in records.enumerated() {
            zone.add(
                DeclaredZone.Entry(
                    data: try text.map { try RecordData(type: type, text: $0) }, ttl: ttl, place: "zones:\(index + 1)",
                    path: form == .terraform ? "aws_route53_record.r\(index)" : "",
                    attribute: form == .terraform ? .init(name: "records", isList: true) : nil),
                to: try key(name, type))
        }
        return zone
    }

    static func key(_ name: String, _ type: RecordType) throws -> RecordSetKey { RecordSetKey(try Name(name), type) }

    static func sight(
        _ host: String, _ type: RecordType, _ texts: [String], ttl: UInt32 = 300, alias: String? = nil
    ) throws -> Drift.Sight {
        let data = try texts.map { try RecordData(type: type, text: $0) }
        let value = SetValue(
            kind: data.isEmpty ? .noData : .data, alias: try alias.map { try Name($0) }, members: Member.sorted(data))
        return Drift.Sight(host: host, value: value, ttl: data.isEmpty ? nil : ttl)
    }

    static func drift(
        _ name: String, _ type: RecordType, _ zone: DeclaredZone, _ sights: [Drift.Sight],
        _ resolvers: [(label: String, answer: Answer)] = []
    ) throws -> Drift? {
        Drift(try key(name, type), in: zone, sights: sights, resolvers: resolvers)
    }

    @Test func whoDiffersFromWhom() throws {
        let zone = try Self.zone([("www.example.org", .a, 300, "192.0.2.7")])
        func standing(_ sights: [Drift.Sight]) throws -> Drift? { try Self.drift("www.example.org", .a, zone, sights) }
        #expect(try standing([])?.standing == .unknown)
        #expect(try standing([try Self.sight("ns1.", .a, ["192.0.2.7"])])?.standing == .same)
        #expect(try standing([try Self.sight("ns1.", .a, [])])?.standing == .missing)
        #expect(try standing([try Self.sight("ns1.", .a, ["192.0.2.7"], ttl: 60)])?.standing == .ttl)
        let all = try #require(
            try standing([try Self.sight("ns1.", .a, ["192.0.2.9"]), try Self.sight("ns2.", .a, ["192.0.2.9"])]))
        #expect(
            all.sentence(source: "zones")
                == "www.example.org. A is not as zones:1 has it: all name servers answer 192.0.2.9; the file says 192.0.2.7."
        )
        let one = try #require(
            try standing([try Self.sight("ns1.", .a, ["192.0.2.7"]), try Self.sight("ns2.", .a, ["192.0.2.9"])]))
        #expect(one.standing == .changed && one.faithful == ["ns1."])
        #expect(one.sentence(source: "zones").contains("ns2. answers 192.0.2.9; the file says 192.0.2.7"))
        // A server without the record beside one that has it is no record that is missing.
        #expect(
            try standing([try Self.sight("ns1.", .a, ["192.0.2.7"]), try Self.sight("ns2.", .a, [])])?.standing
                == .changed)
    }

    @Test func resolversCountWhenTheServersAgree() throws {
        let zone = try Self.zone([("www.example.org", .a, nil, "192.0.2.7")])
        var old = Answer(outcome: .data, at: Timestamp(seconds: 0))
        old.records = [
            Record(name: try Name("www.example.org"), ttl: 20, data: try RecordData(type: .a, text: "192.0.2.1"))
        ]
        let silent = Answer(outcome: .timeout, at: Timestamp(seconds: 0))
        let right = [try Self.sight("ns1.", .a, ["192.0.2.7"])]
        let drift = try #require(
            try Self.drift("www.example.org", .a, zone, right, [("google", old), ("mute", silent)]))
        #expect(drift.standing == .behind && !drift.isDifferent && drift.resolvers.map(\.names) == [["google"]])
        #expect(
            drift.sentence(source: "zones")
                == "www.example.org. A: the name servers agree with zones:1; google still gives 192.0.2.1.")
        let wrong = [try Self.sight("ns1.", .a, ["192.0.2.8"])]
        #expect(try Self.drift("www.example.org", .a, zone, wrong, [("google", old)])?.standing == .changed)
    }

    @Test func whatVariesLegitimatelyIsNone() throws {
        let zone = try Self.zone([
            ("example.org", .soa, 3600, "ns1.example.org. host.example.org. 7 7200 900 1209600 300"),
            ("example.org", .txt, 300, "\"v=DKIM1; p=\" \"abc\""), ("example.org", .a, 300, nil),
            ("sub.example.org", .ns, 300, "ns1.example.net."), ("host.sub.example.org", .a, 300, "192.0.2.1"),
            ("m.example.org", .cname, 300, "WWW.example.org."),
        ])
        let soa = "NS1.example.org. host.example.org. 2026010101 7200 900 1209600 300"
        #expect(
            try Self.drift("example.org", .soa, zone, [try Self.sight("ns1.", .soa, [soa], ttl: 3600)])?.standing
                == .same)
        #expect(
            try Self.drift("example.org", .txt, zone, [try Self.sight("ns1.", .txt, ["\"v=DKIM1; p=abc\""])])?.standing
                == .same)
        #expect(
            try Self.drift("m.example.org", .cname, zone, [try Self.sight("ns1.", .cname, ["www.example.org."])])?
                .standing == .same)
        // What the provider works out, what others answer for, what signing writes, where an alias leads.
        for (name, type) in [
            ("example.org", .a), ("sub.example.org", .ns), ("host.sub.example.org", .a), ("example.org", .ns),
            ("example.org", .ds), ("example.org", .dnskey), ("www.example.org", .rrsig), ("m.example.org", .a),
            ("example.net", .a),
        ] as [(String, RecordType)] {
            #expect(
                try Self.drift(name, type, zone, [try Self.sight("ns1.", .a, ["192.0.2.1"])]) == nil, "\(name) \(type)")
        }
    }

    @Test func whatIsNotDeclared() throws {
        let served = [try Self.sight("ns1.", .a, ["192.0.2.1"])]
        for (isComplete, standing) in [(true, Drift.Standing.undeclared), (false, nil)] as [(Bool, Drift.Standing?)] {
            let zone = try Self.zone([("www.example.org", .a, nil, "192.0.2.7")], isComplete: isComplete)
            #expect(try Self.drift("old.example.org", .a, zone, served)?.standing == standing)
        }
        let wild = try Self.zone([("*.example.org", .a, nil, "192.0.2.1"), ("a.b.example.org", .a, nil, "192.0.2.2")])
        #expect(try Self.drift("any.example.org", .a, wild, served)?.standing == .same)
        // Where there is a name between, the wildcard says nothing (RFC 4592 section 2.2.2).
        #expect(try Self.drift("b.example.org", .a, wild, served)?.standing == .undeclared)
        #expect(try Self.drift("x.b.example.org", .a, wild, served)?.standing == .undeclared)
        #expect(try Self.drift("any.example.org", .aaaa, wild, [try Self.sight("ns1.", .aaaa, [])])?.standing == .same)
    }

    @Test func anAliasInThePlaceOfRecordsIsToldOnce() throws {
        let zone = try Self.zone([("www.example.org", .a, nil, "192.0.2.7")])
        let alias = try Self.sight("ns1.", .a, ["192.0.2.9"], alias: "cdn.example.net")
        let drift = try #require(try Self.drift("www.example.org", .a, zone, [alias]))
        #expect(drift.sentence(source: "zones").contains("answer CNAME cdn.example.net., 192.0.2.9"))
        #expect(
            DeclaredChange(drift, in: zone)?.lines == [
                "- www.example.org. IN A 192.0.2.7", "+ www.example.org. IN CNAME cdn.example.net.",
            ])
        #expect(
            try Self.drift("www.example.org", .cname, zone, [try Self.sight("ns1.", .cname, ["cdn.example.net."])])
                == nil)
        let other = [
            try Self.drift("new.example.org", .cname, zone, [try Self.sight("ns1.", .cname, ["cdn.example.net."])]),
            try Self.drift("new.example.org", .a, zone, [alias]),
        ].compactMap(\.self)
        #expect(other.count == 2 && other.withoutFollowers.map(\.key.type) == [.cname])
    }

    static let forms: [(DeclaredZone.Form, [String])] = [
        (
            .zone,
            [
                "- www.example.org. 300 IN A 192.0.2.7", "+ www.example.org. 60 IN A 192.0.2.7",
                "+ www.example.org. 60 IN A 192.0.2.9",
            ]
        ),
        (
            .octoDNS,
            [
                "- www: {type: A, ttl: 300, value: 192.0.2.7}",
                "+ www: {type: A, ttl: 60, values: [192.0.2.7, 192.0.2.9]}",
            ]
        ),
        (
            .dnsControl,
            [
                #"- A("www", "192.0.2.7", TTL(300))"#, #"+ A("www", "192.0.2.7", TTL(60))"#,
                #"+ A("www", "192.0.2.9", TTL(60))"#,
            ]
        ),
        (
            .terraform,
            [
                #"- aws_route53_record.r0: records = ["192.0.2.7"]"#, "- aws_route53_record.r0: ttl = 300",
                #"+ aws_route53_record.r0: records = ["192.0.2.7", "192.0.2.9"]"#, "+ aws_route53_record.r0: ttl = 60",
            ]
        ),
    ]

    @Test(arguments: forms) func changesInEachForm(_ form: DeclaredZone.Form, _ lines: [String]) throws {
        let zone = try Self.zone([("www.example.org", .a, 300, "192.0.2.7")], form)
        let sight = try Self.sight("ns1.", .a, ["192.0.2.7", "192.0.2.9"], ttl: 60)
        let drift = try #require(try Self.drift("www.example.org", .a, zone, [sight]))
        #expect(DeclaredChange(drift, in: zone)?.lines == lines)
    }

    /// Names in sentences lose their final dot; in a line of a zone file it has a meaning.
    @Test func linesOfASourceKeepTheirDots() {
        for line in ["+ www.example.org. 60 IN MX 10 mail.example.org.", #"    - MX("@", 10, "mail.example.org.")"#] {
            #expect(Narrative.plain(line) == line)
        }
        #expect(Narrative.plain("www.example.org. A is gone.") == "www.example.org A is gone.")
    }

    @Test func whatIsGoneGoes() throws {
        for (form, line) in [
            (.zone, "- www.example.org. 300 IN A 192.0.2.7"),
            (.octoDNS, "- www: {type: A, ttl: 300, value: 192.0.2.7}"),
            (.dnsControl, #"- A("www", "192.0.2.7", TTL(300))"#),
        ] as [(DeclaredZone.Form, String)] {
            let zone = try Self.zone([("www.example.org", .a, 300, "192.0.2.7")], form)
            let drift = try #require(try Self.drift("www.example.org", .a, zone, [try Self.sight("ns1.", .a, [])]))
            #expect(DeclaredChange(drift, in: zone)?.lines == [line])
        }
    }

    static let lines: [(RecordType, String, String, String)] = [
        (
            .mx, "10 mail.example.org.", "'': {type: MX, value: {preference: 10, exchange: mail.example.org.}}",
            #"MX("@", 10, "mail.example.org.")"#
        ),
        (.txt, "\"v=spf1; a\\\"b\"", #"'': {type: TXT, value: "v=spf1\\; a\"b"}"#, #"TXT("@", "v=spf1; a\"b")"#),
        (
            .caa, "0 issue \"ca.example\"", #"'': {type: CAA, value: {flags: 0, tag: issue, value: "ca.example"}}"#,
            #"CAA("@", "issue", "ca.example")"#
        ),
        (.aaaa, "2001:db8::1", #"'': {type: AAAA, value: "2001:db8::1"}"#, #"AAAA("@", "2001:db8::1")"#),
        (
            .srv, "1 2 443 a.example.",
            "'': {type: SRV, value: {priority: 1, weight: 2, port: 443, target: a.example.}}",
            #"SRV("@", 1, 2, 443, "a.example.")"#
        ),
        (
            .tlsa, "3 0 0 ABCD",
            #"'': {type: TLSA, value: {certificate_usage: 3, selector: 0, matching_type: 0, certificate_association_data: "abcd"}}"#,
            #"TLSA("@", 3, 0, 0, "abcd")"#
        ),
        (
            .https, "1 . alpn=\"h2\"", #"'': {type: HTTPS, value: "1 . alpn=\"h2\""}"#,
            #"HTTPS("@", 1, ".", "alpn=\"h2\"")"#
        ),
    ]

    @Test(arguments: lines) func eachType(_ type: RecordType, _ text: String, _ yaml: String, _ call: String) throws {
        for (form, line) in [(DeclaredZone.Form.octoDNS, yaml), (.dnsControl, call)] {
            let zone = try Self.zone([], form)
            var sight = try Self.sight("ns1.", type, [text])
            sight.ttl = nil
            let drift = try #require(try Self.drift("example.org", type, zone, [sight]))
            #expect(DeclaredChange(drift, in: zone)?.lines == ["+ \(line)"])
        }
    }

    @Test func resourcesOfOneValueEach() throws {
        var zone = DeclaredZone(try Name(Self.domain), source: "s", form: .terraform, isComplete: false)
        for (path, text) in [("cf.a", "192.0.2.1"), ("cf.b", "192.0.2.2")] {
            zone.add(
                .init(
                    data: try RecordData(type: .a, text: text), ttl: nil, place: "s:1", path: path,
                    attribute: .init(name: "content", isList: false)), to: try Self.key("example.org", .a))
        }
        let drift = try #require(
            try Self.drift(
                "example.org", .a, zone, [try Self.sight("ns1.", .a, ["192.0.2.2", "192.0.2.3", "192.0.2.4"])]))
        #expect(
            DeclaredChange(drift, in: zone)?.lines == [
                #"- cf.a: content = "192.0.2.1""#, #"+ cf.a: content = "192.0.2.3""#,
                #"+ one more like cf.a: content = "192.0.2.4""#,
            ])
    }
}
