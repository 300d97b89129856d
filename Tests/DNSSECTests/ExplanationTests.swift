import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

/// What is said of broken zones: the guilty record, and what is true of it.
struct ExplanationTests {
    static let good = SignedWorld.name("good.test.")
    static let test = SignedWorld.name("test.")
    static let now = UInt32(SignedWorld.now)

    /// Replaces the key set of the zone by these keys, signed by those.
    static func keys(_ keys: [SigningKey], signedBy signers: [SigningKey]) -> [Record] {
        let set = RRset(name: good, type: .dnskey, ttl: 300, data: keys.map(\.dnskey.data))
        return set.records
            + signers.compactMap { $0.sign(set, signer: good, inception: now - 60, expiration: now + 86400 * 14) }
    }

    static func meddle(_ records: [Record]) -> (ServerQuery, inout Message) -> Void {
        { query, message in if query.name == good, query.type == .dnskey { message.answers = records } }
    }

    @Test func theKeyOfTheDSDoesNotSign() throws {
        var world = ResolverTests.world()
        let named = try #require(world.zones[Self.good]?.key)
        let other = try #require(SigningKey(algorithm: 13, seed: "zone"))
        world.meddle = Self.meddle(Self.keys([named, other], signedBy: [other]))
        let reason = world.resolve("www.good.test.", .a).proof.reason
        #expect(reason?.code == .signatureWithoutKey)
        #expect(
            reason?.text.contains("signed by key \(other.keyTag), but not by key \(named.keyTag), which the DS names")
                == true,
            "\(reason?.text ?? "")")
    }

    @Test func noKeyOfTheDS() throws {
        var world = ResolverTests.world()
        let named = try #require(world.zones[Self.good]?.key)
        let other = try #require(SigningKey(algorithm: 13, seed: "zone"))
        world.meddle = Self.meddle(Self.keys([other], signedBy: [other]))
        let reason = world.resolve("www.good.test.", .a).proof.reason
        #expect(reason?.text.contains("DS \(named.keyTag) (ECDSAP256SHA256)") == true)
        #expect(reason?.text.contains("publishes \(other.keyTag)") == true)
        let survey = world.survey("good.test.")
        let link = try #require(survey.links.last)
        #expect(link.delegation.map(\.fit) == [.noKey])
        #expect(survey.publishable.map(\.keyTag) == [other.keyTag])
        #expect(survey.findings.first?.advice != nil)
    }

    @Test func theParentSigns() throws {
        var world = ResolverTests.world()
        let parent = try #require(world.zones[Self.test]?.key)
        let stranger = try #require(SigningKey(algorithm: 13, seed: "stranger"))
        for (key, isBroken) in [(parent, true), (stranger, false)] {
            world.meddle = { query, message in
                guard query.name.labelCount == 3, query.zone == Self.good,
                    let set = RRset.grouping(message.answers.filter { $0.type == .a }).first,
                    var signature = RRSIG(
                        key.sign(set, signer: Self.test, inception: Self.now - 60, expiration: Self.now + 60)?.data
                            ?? set.data[0])
                else { return }
                signature.signature[0] ^= isBroken ? 1 : 0
                message.answers =
                    set.records + [Record(name: set.name, ttl: 300, data: signature.data)]
            }
            let reason = world.resolve("www.good.test.", .a).proof.reason
            #expect(reason?.code == .signerWrong && reason?.zone == Self.good)
            #expect(reason?.text.contains("names test. as its signer") == true, "\(reason?.text ?? "")")
        }
    }

    /// The parent refers to the zone, and its signed denial says that there is no such delegation.
    @Test func aDelegationThatTheParentDenies() throws {
        var world = ResolverTests.world()
        let parent = try #require(world.zones[Self.test])
        let denial = DenialFaultTests.denial(Self.good, next: "other.test.", [.txt, .rrsig, .nsec], by: parent)
        world.meddle = { query, message in
            if query.zone == Self.test, query.name.isSubdomain(of: Self.good) {
                message.authorities = message.authorities.filter { $0.type == .ns || $0.type == .soa } + denial
                message.answers = []
            } else if query.zone == Self.good {
                message.answers.removeAll { $0.type == .rrsig }
            }
        }
        let reason = world.resolve("www.good.test.", .a).proof.reason
        #expect(reason?.code == .delegationUnproven, "\(reason?.text ?? "")")
        #expect(reason?.text.contains("test. refers to good.test.") == true)
    }

    @Test func aDenialWithoutProof() {
        var world = ResolverTests.world()
        world.meddle = { query, message in
            if query.zone == Self.good {
                message.authorities.removeAll { $0.type == .nsec || RRSIG($0.data)?.typeCovered == .nsec }
            }
        }
        let reason = world.resolve("gone.good.test.", .a).proof.reason
        #expect(reason?.code == .denialMissing && reason?.zone == Self.good)
        #expect(reason?.text.contains("gone.good.test. A: the answer says that the name does not exist") == true)
    }

    @Test func aServerThatRefusesEDNS() {
        var world = ResolverTests.world()
        world.meddle = { query, message in
            guard query.zone == Self.good else { return }
            if query.usesEDNS {
                message = Message(flags: .isResponse, responseCode: .formErr)
            } else {
                message.answers.removeAll { $0.type == .rrsig }
            }
        }
        let found = world.resolve("www.good.test.", .a)
        #expect(found.proof.verdict == .bogus)
        #expect(found.proof.reason?.text.contains("refuses questions with EDNS") == true, "\(found.trace)")
        #expect(found.trace.contains { $0.contains("without EDNS") })
    }

    /// The card of a zone whose keys' signature has ended does not say that it is secure.
    @Test func expiredKeysOnTheirCard() throws {
        var world = ResolverTests.world()
        let key = try #require(world.zones[Self.good]?.key)
        let set = RRset(name: Self.good, type: .dnskey, ttl: 300, data: [key.dnskey.data])
        let old = key.sign(set, signer: Self.good, inception: Self.now - 172_800, expiration: Self.now - 60)
        world.meddle = Self.meddle(set.records + [old].compactMap(\.self))
        let survey = world.survey("good.test.")
        #expect(survey.proof.reason?.code == .signatureExpired)
        #expect(survey.links.last?.proof.verdict == .bogus)
        #expect(survey.links.last?.signatures.contains { $0.state(at: Self.now) == "expired" } == true)
    }

    /// What did not validate is in the list of signatures, the guilty one too.
    @Test func theGuiltySignatureIsListed() {
        var world = ResolverTests.world()
        world.meddle = { query, message in
            guard query.name == Self.good, query.type == .a else { return }
            message.answers = message.answers.map { record in
                guard var fields = RRSIG(record.data) else { return record }
                fields.signature[5] ^= 1
                return Record(name: record.name, ttl: 300, data: fields.data)
            }
        }
        let survey = world.survey("good.test.")
        #expect(survey.proof.verdict == .bogus)
        #expect(
            survey.signatures.contains {
                $0.fields.typeCovered == .a && $0.state(at: Self.now) == "invalid"
            })
    }

    /// A zone without DS: nobody validates, so that nothing stops validating, and its own signatures are good ones.
    @Test func anIsland() throws {
        var world = ResolverTests.world()
        world.zones[Self.test]?.sets.removeAll { $0.name == Self.good && $0.type == .ds }
        let survey = world.survey("good.test.")
        #expect(survey.proof.verdict == .insecure && survey.isIsland && survey.end == nil)
        #expect(survey.signatures.allSatisfy { $0.state(at: Self.now) == "valid" } && !survey.signatures.isEmpty)
        #expect(survey.links.last?.keys.count == 1)
        #expect(survey.publishable.count == 1)
    }

    /// Digests that fit nothing beside one that does, and an algorithm that signs nothing.
    @Test func standingFaultsOfASecureZone() throws {
        var world = ResolverTests.world()
        let key = try #require(world.zones[Self.good]?.key)
        let idle = try #require(SigningKey(algorithm: 15, seed: "idle"))
        var wrong = try #require(DS(key.delegation(zone: Self.good).data))
        wrong.digestType = 4
        wrong.digest = [UInt8](repeating: 7, count: 48)
        let there = try #require(DS(key.delegation(zone: Self.good).data))
        let gone = DS(type: .ds, keyTag: 4711, algorithm: 13, digestType: 2, digest: [UInt8](repeating: 7, count: 32))
        let second = try #require(DS(idle.delegation(zone: Self.good).data))
        world.zones[Self.test]?.sets.removeAll { $0.name == Self.good && $0.type == .ds }
        world.zones[Self.test]?.sets.append(
            RRset(name: Self.good, type: .ds, ttl: 300, data: [wrong, there, gone, second].map(\.data)))
        world.meddle = Self.meddle(Self.keys([key, idle], signedBy: [key, idle]))
        let survey = world.survey("good.test.")
        #expect(survey.proof == .secure)
        let told = survey.findings.filter { $0.code == "SEC-06" }.map(\.text)
        #expect(told.contains { $0.contains("SHA-384") && $0.contains("is not that of DNSKEY") }, "\(told)")
        #expect(told.contains { $0.contains("DS 4711") }, "\(told)")
        #expect(told.contains { $0.contains("ED25519") && $0.contains("no data") }, "\(told)")
    }
}
