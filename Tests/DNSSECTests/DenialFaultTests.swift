import DNSSEC
import DNSWire
import Testing

/// Denials, aliases and servers that claim more than they may.
struct DenialFaultTests {
    static let good = SignedWorld.name("good.test.")
    static let test = SignedWorld.name("test.")

    static func denial(_ owner: Name, next: String, _ types: [RecordType], by zone: SignedWorld.Zone) -> [Record] {
        let data = NSEC(next: SignedWorld.name(next), types: types).data
        return zone.signed(RRset(name: owner, type: .nsec, ttl: 300, data: [data]))
    }

    /// The parent's NSEC of the time before the zone was signed, beside the delegation's DS (RFC 6840 section 4.1).
    @Test(arguments: [ResponseCode.noError, .nxDomain]) func theParentsOldDenial(code: ResponseCode) throws {
        var world = ResolverTests.world()
        let parent = try #require(world.zones[Self.test])
        let old = Self.denial(Self.good, next: "other.test.", [.ns, .rrsig, .nsec], by: parent)
        world.meddle = { query, message in
            guard query.name.isSubdomain(of: Self.good), query.name.labelCount > 2, query.zone == Self.good else {
                return
            }
            message.answers = []
            message.responseCode = code
            message.authorities = message.authorities.filter { $0.type == .soa } + old
        }
        let found = world.resolve("www.good.test.", .a)
        #expect(found.proof.verdict == .bogus, "\(found.trace)")
        #expect(found.proof.reason?.code == .denialWrong && found.proof.reason?.zone == Self.good)
        // Where the delegation has no DS, the same record says that what lies below is not signed.
        #expect(world.resolve("www.plain.test.", .a).proof.verdict == .insecure)
    }

    /// A record whose next name lies outside the zone denies nothing (RFC 4034 section 4.1.1).
    @Test func aNextNameOutsideTheZone() throws {
        var world = ResolverTests.world()
        let zone = try #require(world.zones[Self.good])
        let wide = Self.denial(Self.good, next: "zzz.", [.soa, .ns, .rrsig, .nsec, .dnskey], by: zone)
        world.meddle = { query, message in
            guard query.name.labelCount == 3, query.zone == Self.good else { return }
            message.answers = []
            message.responseCode = .nxDomain
            message.authorities = message.authorities.filter { $0.type == .soa } + wide
        }
        #expect(world.resolve("www.good.test.", .a).proof.verdict == .bogus)
    }

    /// A record that marks a name as absent and lists types besides contradicts itself (RFC 9824 section 3.1).
    @Test(arguments: [(true, Verdict.bogus), (false, .secure)]) func absentWithTypes(lists: Bool, verdict: Verdict)
        throws
    {
        var world = ResolverTests.world()
        let zone = try #require(world.zones[Self.good])
        let name = SignedWorld.name("gone.good.test.")
        let types: [RecordType] = (lists ? [.a] : []) + [.rrsig, .nsec, RecordType(rawValue: 128)]
        let compact = Self.denial(name, next: "\\000.gone.good.test.", types, by: zone)
        let soa = zone.sets.filter { $0.type == .soa }.flatMap { zone.signed($0) }
        world.meddle = { query, message in
            guard query.name == name else { return }
            message.answers = []
            message.responseCode = .noError
            message.authorities = soa + compact
        }
        #expect(world.resolve("gone.good.test.", .a).proof.verdict == verdict)
    }

    /// Aliases that lead to themselves are an error, not an answer (RFC 1034 sections 3.6.2 and 5.3.3).
    @Test(arguments: ["self.good.test.", "www.self.plain.test."]) func aliasesOntoThemselves(name: String) throws {
        var world = ResolverTests.world()
        func add(_ zone: String, _ owner: String, _ type: RecordType) throws {
            let owner = SignedWorld.name(owner)
            world.zones[SignedWorld.name(zone)]?.sets.append(
                RRset(name: owner, type: type, ttl: 300, data: [NameTarget(type: type, target: owner).data]))
        }
        try add("good.test.", "self.good.test.", .cname)
        try add("plain.test.", "self.plain.test.", .dname)
        let found = world.resolve(name, .a)
        #expect(found.responseCode == .servFail && found.proof.verdict == .indeterminate)
        #expect(found.proof.reason?.code == .aliasLoop)
        let alias = world.resolve("self.good.test.", .cname)
        #expect(alias.proof == .secure && alias.answer.count == 1)
    }

    enum Lameness: CaseIterable {
        case upwardReferral, startOfAuthorityAbove, sidewaysReferral, startOfAuthorityBeside, nothing
    }

    /// A server that claims authority and speaks of a zone above or beside, or says nothing, beside one that serves the zone.
    @Test(arguments: Lameness.allCases) func aLameServerBesideAGoodOne(kind: Lameness) throws {
        var world = ResolverTests.world()
        let plain = SignedWorld.name("plain.test.")
        let real = try #require(world.zones[plain]?.server)
        let lame = IPAddress.v4(0xCB00_7104)
        world.zones[SignedWorld.name("lame.")] = SignedWorld.Zone(
            name: SignedWorld.name("lame."), server: lame, sets: [], isSigned: false, key: nil)
        let authority =
            switch kind {
            case .upwardReferral: UnusualAnswersTests.record("test.", .ns, "ns.test.")
            case .startOfAuthorityAbove:
                UnusualAnswersTests.record("test.", .soa, "ns.test. host.test. 1 3600 600 86400 300")
            case .sidewaysReferral: UnusualAnswersTests.record("good.test.", .ns, "ns.good.test.")
            case .startOfAuthorityBeside:
                UnusualAnswersTests.record("good.test.", .soa, "ns.good.test. host.test. 1 3600 600 86400 300")
            case .nothing: [Record]()
            }
        func meddle(knows addresses: [IPAddress]) -> (ServerQuery, inout Message) -> Void {
            { query, message in
                if query.zone.labelCount == 1, query.name.isSubdomain(of: plain) {
                    message.additionals = addresses.flatMap {
                        UnusualAnswersTests.record("ns.plain.test.", .a, $0.description)
                    }
                } else if query.server == lame {
                    message = Message(flags: [.isResponse, .authoritative])
                    message.authorities = authority
                }
            }
        }
        world.meddle = meddle(knows: [lame, real])
        #expect(world.resolve("www.plain.test.", .a).answer.count == 1)
        guard kind != .nothing else { return }
        world.meddle = meddle(knows: [lame])
        let nothing = world.resolve("www.plain.test.", .a)
        #expect(nothing.proof.verdict == .indeterminate && nothing.responseCode == .servFail, "\(nothing.trace)")
    }
}
