import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

/// Answers that are odd, but of use, and what is made of them.
struct UnusualAnswersTests {
    static let plain = SignedWorld.name("plain.test.")
    static let www = SignedWorld.name("www.plain.test.")

    static func record(_ name: String, _ type: RecordType, _ text: String) -> [Record] {
        guard let data = try? RecordData(type: type, text: text) else { return [] }
        return [Record(name: SignedWorld.name(name), ttl: 300, data: data)]
    }

    /// Two CNAMEs at one name: the first is followed where nothing is signed; signed, they are bogus.
    @Test(arguments: ["www.plain.test.", "alias.good.test."]) func twoAliases(name: String) {
        var world = ResolverTests.world()
        world.meddle = { query, message in
            guard query.name == SignedWorld.name(name), query.type == .a else { return }
            let signatures = message.answers.filter { $0.type == .rrsig }
            message.answers =
                Self.record(name, .cname, "www.other.test.") + Self.record(name, .cname, "nowhere.test.") + signatures
        }
        let resolution = world.resolve(name, .a)
        if name.hasSuffix("plain.test.") {
            #expect(resolution.responseCode == .noError)
            #expect(resolution.answer.last?.name == SignedWorld.name("www.other.test."))
        } else {
            #expect(resolution.proof.verdict == .bogus)
        }
    }

    /// Who asks for everything gets the alias, what stands beside it and what came along, and no more questions are put.
    @Test func everythingAtAnAlias() {
        var world = ResolverTests.world()
        world.meddle = { query, message in
            guard query.name == Self.www else { return }
            message.answers =
                Self.record("www.plain.test.", .cname, "a.plain.test.")
                + Self.record("www.plain.test.", .txt, "\"beside\"") + Self.record("a.plain.test.", .a, "192.0.2.7")
        }
        let resolution = world.resolve("www.plain.test.", .any)
        #expect(resolution.responseCode == .noError)
        #expect(resolution.answer.map(\.type) == [.cname, .txt, .a])
        #expect(resolution.proof.verdict == .insecure)
    }

    @Test func everythingBelowARedirectionIsProven() {
        var world = ResolverTests.world()
        #expect(world.resolve("www.tree.good.test.", .any).proof == .secure)
        world.meddle = { query, message in
            if query.name == SignedWorld.name("www.tree.good.test.") {
                message.answers += Self.record("www.other.test.", .a, "6.6.6.6")
            }
        }
        let resolution = world.resolve("www.tree.good.test.", .any)
        #expect(!resolution.answer.contains { $0.type == .a })
    }

    /// Two zones whose servers are named in each other: the addresses that came along lead out of the circle.
    @Test func addressesForServersElsewhere() {
        var world = ResolverTests.world()
        let server = world.zones[Self.plain]?.server
        world.meddle = { query, message in
            guard query.zone.labelCount == 1, query.name.isSubdomain(of: Self.plain), let server else { return }
            message.additionals = []
            message.authorities =
                Self.record("plain.test.", .ns, "ns.circle.") + message.authorities.filter { $0.type != .ns }
            message.additionals = Self.record("ns.circle.", .a, server.description)
        }
        #expect(world.resolve("www.plain.test.", .a).responseCode == .noError)
    }

    /// The parent names a server that serves the zone unsigned; only the zone itself names the one that has signatures.
    @Test func serversThatOnlyTheZoneNames() throws {
        var world = ResolverTests.world()
        let good = SignedWorld.name("good.test.")
        let real = try #require(world.zones[good]?.server)
        let stale = IPAddress.v4(0xCB00_7101)
        var zone = try #require(world.zones[good])
        zone = SignedWorld.Zone(
            name: SignedWorld.name("stale.good.test."), server: stale, sets: zone.sets, isSigned: false, key: nil)
        world.zones[zone.name] = zone
        world.meddle = { query, message in
            if query.zone.labelCount == 1, query.name.isSubdomain(of: good), query.type != .ds {
                message.additionals = Self.record("ns.good.test.", .a, "203.0.113.1")
            }
            if query.server == stale {
                message.authorities = Self.record("good.test.", .ns, "new.good.test.")
                message.additionals = Self.record("new.good.test.", .a, real.description)
            }
        }
        let resolution = world.resolve("www.good.test.", .a)
        #expect(resolution.proof == .secure, "\(resolution.trace)")
    }

    /// A trusted key that signs the set counts, though the set leaves it out.
    @Test func aTrustedKeyThatIsNotPublished() throws {
        var world = SignedWorld()
        world.add(".", ["www A 192.0.2.1"])
        let trusted = try #require(world.zones[.root]?.key)
        let other = try #require(SignedWorld.otherKey)
        world.meddle = { query, message in
            let set = RRset(name: .root, type: .dnskey, ttl: 300, data: [other.dnskey.data])
            let now = UInt32(SignedWorld.now)
            func signed(_ set: RRset, _ key: SigningKey) -> [Record] {
                key.sign(set, signer: .root, inception: now - 60, expiration: now + 60).map { set.records + [$0] } ?? []
            }
            if query.type == .dnskey {
                message.answers = signed(set, trusted)
            } else if query.type == .a, let data = try? RecordData(type: .a, text: "192.0.2.1") {
                message.answers = signed(RRset(name: query.name, type: .a, ttl: 300, data: [data]), other)
            }
        }
        #expect(world.resolve("www.", .a).proof == .secure)
    }

    /// Broken records beside the answer are left out, in the answer they are an error.
    @Test(arguments: [(8, true), (10, true), (6, false)]) func brokenRecords(place: Int, isReadable: Bool) throws {
        var message = Message(flags: [.isResponse])
        message.questions = [Question(name: Self.www, type: .a)]
        var bytes = try message.encoded()
        bytes[place + 1] = 1
        bytes += [0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 5, 1, 2, 3, 4, 5]
        let read = try? Message(decoding: bytes, leavingOutBrokenExtras: true)
        #expect((read != nil) == isReadable)
        #expect((try? Message(decoding: bytes)) == nil)
    }
}

extension SignedWorld {
    static let otherKey = SigningKey(algorithm: 15, seed: "another")
}
