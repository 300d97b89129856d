import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

/// A clock that moves on while one memory serves all questions: nothing is used past its truth.
@Suite struct LifetimeTests {
    /// Signs the sets of a type anew, with another end and another time to live under the signature.
    static func resign(
        _ message: inout Message, _ type: RecordType, by key: SigningKey, of zone: Name, until end: Int64,
        originalTTL: UInt32? = nil
    ) {
        for section in [\Message.answers, \Message.authorities] {
            for (place, record) in message[keyPath: section].enumerated() {
                guard let fields = RRSIG(record.data), fields.typeCovered == type, fields.signer == zone else {
                    continue
                }
                let data = message[keyPath: section].filter { $0.name == record.name && $0.type == type }.map(\.data)
                let set = RRset(name: record.name, type: type, ttl: originalTTL ?? fields.originalTTL, data: data)
                let signature = key.sign(
                    set, signer: zone, inception: UInt32(SignedWorld.now - 86400), expiration: UInt32(end))
                if let signature { message[keyPath: section][place] = signature }
            }
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// The set whose signature ends a hundred seconds later than all begins.
        var zone: String
        var type: RecordType
        var name: String
        var before: Verdict
    }

    static let cases: [Case] = [
        Case(testDescription: "the root's keys", zone: ".", type: .dnskey, name: "www.good.test.", before: .secure),
        Case(testDescription: "a zone's keys", zone: "test.", type: .dnskey, name: "www.good.test.", before: .secure),
        Case(
            testDescription: "the lowest keys", zone: "good.test.", type: .dnskey, name: "www.good.test.",
            before: .secure),
        Case(testDescription: "a DS", zone: "test.", type: .ds, name: "www.good.test.", before: .secure),
        Case(testDescription: "the DS above", zone: ".", type: .ds, name: "www.good.test.", before: .secure),
        Case(
            testDescription: "the denial of a DS", zone: "test.", type: .nsec, name: "www.plain.test.",
            before: .insecure),
        Case(testDescription: "the data", zone: "good.test.", type: .a, name: "www.good.test.", before: .secure),
        Case(testDescription: "a denial", zone: "good.test.", type: .nsec, name: "gone.good.test.", before: .secure),
    ]

    @Test(arguments: cases) func endsWithTheSignature(_ example: Case) throws {
        var world = ResolverTests.world()
        let zone = SignedWorld.name(example.zone)
        let key = try #require(world.zones[zone]?.key)
        let end = SignedWorld.now + 100
        world.meddle = { _, message in
            // Times to live outlast the signature by far.
            for section in [\Message.answers, \Message.authorities, \Message.additionals] {
                for place in message[keyPath: section].indices { message[keyPath: section][place].ttl = 7200 }
            }
            Self.resign(&message, example.type, by: key, of: zone, until: end)
        }
        var memory = ResolutionCache()
        for (moment, verdict) in [(0, example.before), (50, example.before), (100, example.before), (101, .bogus)] {
            let found = world.resolve(example.name, .a, now: SignedWorld.now + Int64(moment), memory: &memory)
            #expect(found.proof.verdict == verdict, "after \(moment) s: \(found.trace)")
            if verdict == .bogus { #expect(found.proof.reason?.code == .signatureExpired) }
        }
        // The same memory, when the clock is set to a time before all signatures.
        let early = world.resolve(example.name, .a, now: SignedWorld.now - 2 * 86400, memory: &memory)
        #expect(early.proof.reason?.code == .signatureNotYetValid)
    }

    @Test func keysLastNoLongerThanTheirOriginalTimeToLive() throws {
        var world = ResolverTests.world()
        let zone = SignedWorld.name("good.test.")
        let key = try #require(world.zones[zone]?.key)
        var asked = 0
        world.meddle = { query, message in
            guard query.name == zone, query.type == .dnskey else { return }
            asked += 1
            for place in message.answers.indices { message.answers[place].ttl = 86400 }
            Self.resign(&message, .dnskey, by: key, of: zone, until: SignedWorld.now + 86400, originalTTL: 30)
        }
        var memory = ResolutionCache()
        for moment in [0, 29, 30, 31] as [Int64] {
            let found = world.resolve("www.good.test.", .a, now: SignedWorld.now + moment, memory: &memory)
            #expect(found.proof == .secure)
            #expect(asked == (moment < 30 ? 1 : 2), "after \(moment) s")
        }
    }

    /// RFC 4035 section 5.3.3: at most the time to live that was signed, at most what is left to the signature.
    @Test(arguments: [(300, 100_000, 300), (60, 100_000, 60), (300, 45, 45), (7200, 100_000, 7200), (0, 9, 0)])
    func shownTimesToLive(original: UInt32, left: Int64, wanted: UInt32) throws {
        var world = ResolverTests.world()
        let zone = SignedWorld.name("good.test.")
        let key = try #require(world.zones[zone]?.key)
        world.meddle = { query, message in
            guard query.name.isSubdomain(of: zone) else { return }
            for section in [\Message.answers, \Message.authorities] {
                for place in message[keyPath: section].indices { message[keyPath: section][place].ttl = 7200 }
            }
            for type in [RecordType.a, .nsec, .soa] {
                Self.resign(
                    &message, type, by: key, of: zone, until: SignedWorld.now + left, originalTTL: original)
            }
        }
        let found = world.resolve("www.good.test.", .a)
        #expect(found.proof == .secure)
        #expect(found.answer.map(\.records.ttl) == [wanted])
        #expect(found.answer.flatMap(\.signatures).map(\.ttl) == [wanted])
        let absent = world.resolve("gone.good.test.", .a)
        #expect(absent.proof == .secure)
        // The SOA of that world lets a denial live for 300 seconds (RFC 2308).
        #expect(!absent.authority.isEmpty && absent.authority.allSatisfy { $0.records.ttl == min(wanted, 300) })
    }

    /// What the zone above says of servers' addresses is asked for again when their own time to live has passed.
    @Test(arguments: [(10, 300), (300, 10)]) func addressesLastAsLongAsTheySay(glue: UInt32, servers: UInt32) {
        var world = ResolverTests.world()
        var referrals = 0
        world.meddle = { query, message in
            guard query.zone == SignedWorld.name("test."), !message.additionals.isEmpty else { return }
            referrals += 1
            for place in message.additionals.indices { message.additionals[place].ttl = glue }
            for place in message.authorities.indices where message.authorities[place].type == .ns {
                message.authorities[place].ttl = servers
            }
        }
        var memory = ResolutionCache()
        for moment in [0, 9, 10] as [Int64] {
            _ = world.resolve("www.plain.test.", .a, now: SignedWorld.now + moment, memory: &memory)
            #expect(referrals == (moment < 10 ? 1 : 2), "after \(moment) s")
        }
    }

    /// A key that is trusted no longer vouches for nothing that was learnt under it.
    @Test func otherAnchorsOtherTrust() {
        var world = ResolverTests.world()
        var memory = ResolutionCache()
        func resolve(_ settings: ResolverSettings) -> Proof {
            var resolver = Resolver(
                question: Question(name: SignedWorld.name("www.good.test."), type: .a), settings: settings,
                memory: memory, verifier: LibcryptoVerifier(), now: SignedWorld.now)
            var step = resolver.start()
            while case .ask(let queries) = step { step = resolver.receive(queries.map { ($0, world.answer($0)) }) }
            memory = resolver.memory
            guard case .done(let resolution) = step else { return .secure }
            return resolution.proof
        }
        #expect(resolve(world.settings) == .secure)
        var settings = world.settings
        settings.anchors = .builtIn
        #expect(resolve(settings).verdict == .bogus)
        #expect(resolve(world.settings) == .secure)
    }
}
