import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

/// Zones that want to cost time: the verdict comes within the limits, and says which limit it was.
@Suite(.serialized) struct HostileTests {
    static let victim = SignedWorld.name("good.test.")

    /// Keys that all have the tag of another one: words are swapped, so the sum stays.
    static func colliding(with key: DNSKEY, count: Int) -> [DNSKEY] {
        (1...count).map { place in
            var bytes = key.publicKey
            let first = 2 * (place % 15)
            let second = 2 * (place / 15 % 15) + 32
            (bytes[first], bytes[second]) = (bytes[second], bytes[first])
            (bytes[first + 1], bytes[second + 1]) = (bytes[second + 1], bytes[first + 1])
            return DNSKEY(
                type: .dnskey, flags: key.flags, protocolNumber: 3, algorithm: key.algorithm, publicKey: bytes)
        }
    }

    /// How long a question takes, in seconds of wall clock, and how it ends.
    static func timed(_ world: inout SignedWorld, _ name: String, _ type: RecordType = .a) -> (Resolution, Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let resolution = world.resolve(name, type)
        let elapsed = clock.now - start
        return (resolution, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
    }

    /// KeyTrap (CVE-2023-50387): many keys of one tag, many signatures that name it.
    @Test func collidingKeysAndManySignatures() throws {
        var world = ResolverTests.world()
        let key = try #require(world.zones[Self.victim]?.key)
        let decoys = Self.colliding(with: key.dnskey, count: 60)
        #expect(decoys.allSatisfy { $0.keyTag == key.keyTag })
        world.meddle = { query, message in
            guard query.name.isSubdomain(of: Self.victim) else { return }
            if query.type == .dnskey {
                message.answers = decoys.map { Record(name: Self.victim, ttl: 300, data: $0.data) } + message.answers
            }
            let signatures = message.answers.filter { $0.type == .rrsig }
            for record in signatures {
                guard var fields = RRSIG(record.data) else { continue }
                for place in 0..<60 {
                    fields.signature[place % fields.signature.count] ^= UInt8(truncatingIfNeeded: place + 1)
                    message.answers.insert(Record(name: record.name, ttl: 300, data: fields.data), at: 0)
                }
            }
        }
        let (resolution, seconds) = Self.timed(&world, "www.good.test.")
        #expect(resolution.proof.verdict == .bogus)
        #expect(resolution.proof.reason?.code == .tooManySignatures)
        #expect(seconds < 2)
    }

    @Test func manyDigestsThatFitNothing() throws {
        var world = ResolverTests.world()
        let key = try #require(world.zones[Self.victim]?.key)
        world.zones[SignedWorld.name("test.")]?.sets.removeAll { $0.type == .ds && $0.name == Self.victim }
        let digests = (0..<200).map { place in
            DS(
                type: .ds, keyTag: key.keyTag, algorithm: 13, digestType: 2,
                digest: [UInt8](repeating: UInt8(truncatingIfNeeded: place), count: 32)
            ).data
        }
        world.zones[SignedWorld.name("test.")]?.sets.append(
            RRset(name: Self.victim, type: .ds, ttl: 300, data: digests))
        let (resolution, seconds) = Self.timed(&world, "www.good.test.")
        #expect(resolution.proof.verdict == .bogus)
        #expect(seconds < 2)
    }

    /// CVE-2023-50868: hashes as costly as they come.
    @Test(arguments: [150, 151, 2500, 65535] as [UInt16]) func costlyHashes(iterations: UInt16) throws {
        var world = ResolverTests.world()
        let zone = try #require(world.zones[Self.victim])
        let name = String(repeating: "a.", count: 100) + "good.test."
        world.meddle = { query, message in
            guard query.name.labelCount > 2, query.name.isSubdomain(of: Self.victim) else { return }
            message.answers = []
            message.responseCode = .nxDomain
            message.authorities.removeAll { $0.type == .nsec || RRSIG($0.data)?.typeCovered == .nsec }
            for place in UInt8(0)..<8 {
                let label = Base32Hex.encode([UInt8](repeating: place &* 31, count: 20))
                guard let owner = try? Self.victim.prepending(label: label) else { continue }
                let fields = NSEC3(
                    hashAlgorithm: 1, flags: 0, iterations: iterations, salt: [UInt8](repeating: 1, count: 255),
                    nextHashedOwner: [UInt8](repeating: place &* 31 &+ 1, count: 20), types: [.a])
                message.authorities += zone.signed(RRset(name: owner, type: .nsec3, ttl: 300, data: [fields.data]))
            }
        }
        let (resolution, seconds) = Self.timed(&world, name)
        #expect(resolution.proof.verdict == (iterations > Limits.hashIterations ? .insecure : .bogus))
        #expect(seconds < 2)
    }

    @Test func aliasesWithoutEnd() {
        var world = ResolverTests.world()
        world.meddle = { query, message in
            guard query.name.isSubdomain(of: SignedWorld.name("plain.test.")), query.type == .a else { return }
            let target = (try? query.name.prepending(label: Array("x".utf8))) ?? query.name
            message = Message(flags: [.isResponse, .authoritative])
            message.answers = [Record(name: query.name, ttl: 1, data: NameTarget(type: .cname, target: target).data)]
        }
        let (resolution, seconds) = Self.timed(&world, "www.plain.test.")
        #expect(resolution.proof.reason?.code == .tooManyAliases)
        #expect(seconds < 2)
    }

    @Test func referralsWithoutEnd() {
        var world = ResolverTests.world()
        let name = String(repeating: "a.", count: 110) + "plain.test."
        world.meddle = { query, message in
            guard query.name.labelCount > 2, query.name.isSubdomain(of: SignedWorld.name("plain.test.")) else { return }
            // Each question is answered with a referral one label further down, to the same server.
            let depth = min(query.zone.labelCount + 1, query.name.labelCount)
            message = Message(flags: .isResponse)
            let cut = query.name.suffix(labels: depth)
            let server = (try? cut.prepending(label: Array("ns".utf8))) ?? cut
            message.authorities = [Record(name: cut, ttl: 1, data: NameTarget(type: .ns, target: server).data)]
            message.additionals = [Record(name: server, ttl: 1, data: Address(address: query.server).data)]
        }
        let (resolution, seconds) = Self.timed(&world, name)
        #expect(resolution.proof.verdict != .secure && resolution.answer.isEmpty)
        #expect(resolution.queries <= Limits.queriesPerQuestion)
        #expect(seconds < 2)
    }

    /// NXNSAttack (CVE-2020-12662): a referral to many names elsewhere.
    @Test func manyServersWithoutGlue() {
        var world = ResolverTests.world()
        world.meddle = { query, message in
            guard query.name.isSubdomain(of: SignedWorld.name("plain.test.")), query.zone.labelCount == 1 else {
                return
            }
            message = Message(flags: .isResponse)
            message.authorities = (0..<200).map { place in
                let target = SignedWorld.name("ns\(place).victim\(place).good.test.")
                return Record(
                    name: SignedWorld.name("plain.test."), ttl: 300, data: NameTarget(type: .ns, target: target).data)
            }
        }
        let (resolution, seconds) = Self.timed(&world, "www.plain.test.")
        #expect(resolution.proof.verdict == .indeterminate)
        #expect(resolution.queries < 40)
        #expect(seconds < 2)
    }

    @Test func serversThatNeedEachOther() {
        var world = ResolverTests.world()
        world.meddle = { query, message in
            for (mine, other) in [("plain.test.", "other.test."), ("other.test.", "plain.test.")] {
                let zone = SignedWorld.name(mine)
                guard query.name.isSubdomain(of: zone), query.zone.labelCount == 1 else { continue }
                message = Message(flags: .isResponse)
                message.authorities = (0..<20).map { place in
                    let target = SignedWorld.name("ns\(place).\(other)")
                    return Record(name: zone, ttl: 300, data: NameTarget(type: .ns, target: target).data)
                }
            }
        }
        let (resolution, seconds) = Self.timed(&world, "www.plain.test.")
        #expect(resolution.proof.verdict == .indeterminate)
        #expect(seconds < 2)
    }

    @Test func hugeSets() throws {
        var world = ResolverTests.world()
        let zone = try #require(world.zones[Self.victim])
        let data = try (0..<4000).map { try RecordData(type: .a, text: "10.1.\($0 / 250).\($0 % 250)") }
        let set = RRset(name: SignedWorld.name("www.good.test."), type: .a, ttl: 300, data: data)
        world.meddle = { query, message in
            if query.type == .a, query.name.labelCount == 3 { message.answers = zone.signed(set) }
        }
        let (resolution, seconds) = Self.timed(&world, "www.good.test.")
        #expect(resolution.proof == .secure)
        #expect(resolution.answer.first?.records.data.count == 4000)
        #expect(seconds < 2)
    }

    /// A key with an exponent as long as its modulus must not cost more than any other check: it is not used at all.
    @Test func giantKeys() {
        let modulus = [UInt8](repeating: 0xFF, count: 2000)
        let key: [UInt8] = [0, 7, 208] + modulus + modulus
        let clock = ContinuousClock()
        let start = clock.now
        for _ in 0..<8 {
            let verdict = LibcryptoVerifier().verify(
                algorithm: 8, publicKey: key, data: [1], signature: [UInt8](repeating: 1, count: 2000))
            #expect(verdict == nil)
        }
        #expect(clock.now - start < .seconds(1))
    }
}
