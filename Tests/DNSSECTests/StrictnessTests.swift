import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

/// What random zones and faults beside Unbound showed to be laxer, or wrong, in ours.
struct StrictnessTests {
    static let www = SignedWorld.name("www.good.test.")

    /// Signatures among the answers to ANY are no data that wants a signature of its own.
    @Test func everythingWithItsSignatures() throws {
        var world = ResolverTests.world()
        let zone = try #require(world.zones[SignedWorld.name("good.test.")])
        world.meddle = { query, message in
            guard query.name == Self.www, query.type == .any else { return }
            message = zone.answer(Self.www, .a)
            message.flags.insert(.isResponse)
        }
        let found = world.resolve("www.good.test.", .any)
        #expect(found.proof == .secure)
        #expect(found.answer.map(\.type) == [.a, .rrsig])
        let nothing = world.resolve("absent.good.test.", .any)
        #expect(nothing.proof == .secure && nothing.responseCode == .nxDomain)
    }

    /// Data whose code says that the name does not exist.
    @Test(arguments: ["www.good.test.", "www.plain.test."]) func dataOfAnAbsentName(name: String) {
        var world = ResolverTests.world()
        world.meddle = { query, message in
            if query.name == SignedWorld.name(name), query.type == .a { message.responseCode = .nxDomain }
        }
        let found = world.resolve(name, .a)
        if name.hasSuffix("plain.test.") {
            #expect(found.responseCode == .nxDomain && found.answer.count == 1)
        } else {
            #expect(found.proof.verdict == .bogus)
        }
    }

    @Test func answersWithoutTheirQuestion() {
        var world = ResolverTests.world()
        world.showsQuestions = false
        #expect(world.resolve("www.plain.test.", .a).proof.verdict == .indeterminate)
    }

    /// The hints lead to a server that only knows who serves the root now (RFC 8109).
    @Test func theRootIsAskedForItsServers() throws {
        var world = ResolverTests.world()
        let real = try #require(world.zones[.root]?.server)
        let hint = IPAddress.v4(0xCB00_7102)
        world.zones[SignedWorld.name("hint.")] = SignedWorld.Zone(
            name: SignedWorld.name("hint."), server: hint, sets: [], isSigned: false, key: nil)
        world.hint = hint
        world.meddle = { query, message in
            guard query.server == hint else { return }
            message = Message(flags: [.isResponse, .authoritative])
            guard query.type == .ns, query.name.isRoot else { return message.responseCode = .refused }
            message.answers = UnusualAnswersTests.record(".", .ns, "now.")
            message.additionals = UnusualAnswersTests.record("now.", .a, real.description)
        }
        #expect(world.resolve("www.good.test.", .a).proof == .secure)
    }

    /// A server that refers to its own zone, or says nothing at all, while another knows the name.
    @Test(arguments: [true, false]) func aServerThatSaysNothing(refersToItself: Bool) throws {
        var world = ResolverTests.world()
        let plain = SignedWorld.name("plain.test.")
        let real = try #require(world.zones[plain]?.server)
        let mute = IPAddress.v4(0xCB00_7103)
        world.zones[SignedWorld.name("mute.")] = SignedWorld.Zone(
            name: SignedWorld.name("mute."), server: mute, sets: [], isSigned: false, key: nil)
        let itself = UnusualAnswersTests.record("plain.test.", .ns, "ns.plain.test.")
        world.meddle = { query, message in
            if query.zone.labelCount == 1, query.name.isSubdomain(of: plain) {
                message.additionals = [mute, real].flatMap {
                    UnusualAnswersTests.record("ns.plain.test.", .a, $0.description)
                }
            } else if query.server == mute {
                message = Message(flags: [.isResponse])
                if refersToItself { message.authorities = itself }
            }
        }
        #expect(world.resolve("www.plain.test.", .a).answer.count == 1)
        world.meddle = { query, message in
            guard query.server == real else { return }
            message = Message(flags: [.isResponse])
            if refersToItself { message.authorities = itself }
        }
        let nothing = world.resolve("www.plain.test.", .a)
        #expect(nothing.responseCode == .noError && nothing.answer.isEmpty && nothing.proof.verdict == .insecure)
    }

    /// A digest of SHA-1 does not count beside a better one, whether that fits or not (RFC 4509 section 3); one of two better
    /// ones is enough (RFC 6840 section 5.11).
    @Test(arguments: [(DigestKind.sha1, Verdict.bogus), (.sha384, .secure)])
    func aDigestThatFitsBesideOneThatDoesNot(fitting: DigestKind, verdict: Verdict) throws {
        var world = ResolverTests.world()
        let good = SignedWorld.name("good.test.")
        let key = try #require(world.zones[good]?.key)
        let weak = try #require(DS(key.delegation(zone: good, digest: fitting).data))
        var wrong = try #require(DS(key.delegation(zone: good).data))
        wrong.digest[0] ^= 1
        world.zones[SignedWorld.name("test.")]?.sets.removeAll { $0.type == .ds && $0.name == good }
        world.zones[SignedWorld.name("test.")]?.sets.append(
            RRset(name: good, type: .ds, ttl: 300, data: [wrong.data, weak.data]))
        let found = world.resolve("www.good.test.", .a)
        #expect(found.proof.verdict == verdict)
        if verdict == .bogus {
            #expect(found.proof.reason?.text.contains("the SHA-256 digest of DS \(wrong.keyTag)") == true)
        }
        // Alone it counts.
        world.zones[SignedWorld.name("test.")]?.sets.removeAll { $0.type == .ds && $0.name == good }
        world.zones[SignedWorld.name("test.")]?.sets.append(RRset(name: good, type: .ds, ttl: 300, data: [weak.data]))
        #expect(world.resolve("www.good.test.", .a).proof == .secure)
    }
}
