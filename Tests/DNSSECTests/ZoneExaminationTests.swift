import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

/// What one server's denials are worth by its own keys, and the one verdict on a zone.
struct ZoneExaminationTests {
    static let good = SignedWorld.name("good.test.")
    static let now = UInt32(SignedWorld.now)

    static func examine(
        _ name: String, _ type: RecordType, at moment: UInt32 = now, change: (inout Message) -> Void = { _ in }
    ) throws -> (found: DenialExamination, effort: Effort) {
        let zone = try #require(ResolverTests.world().zones[good])
        let key = try #require(zone.key)
        var message = zone.answer(SignedWorld.name(name), type)
        change(&message)
        var judge = SignatureJudge(verifier: LibcryptoVerifier(), effort: .question)
        let examination = ZoneExamination(zone: good, keys: [ZoneKeys.Key(key.dnskey)], at: moment)
        let found = examination.denial(
            of: SignedWorld.name(name), type, isNameError: message.responseCode == .nxDomain, by: message.authorities,
            &judge)
        return (found, judge.effort)
    }

    @Test(arguments: [
        "gone.good.test.", "a.b.gone.good.test.", "www.good.test.", "empty.good.test.", "x.wild.good.test.",
    ])
    func soundDenials(name: String) throws {
        let (found, effort) = try Self.examine(name, .txt)
        #expect(found.proof == .secure)
        #expect(found.signatures.contains { $0.type == .nsec && $0.fields.expiration == Self.now + 14 * 86400 })
        #expect(effort.checks < Effort.question.checks, "the judge that was lent comes back with what it spent")
    }

    @Test func brokenDenials() throws {
        let missing = try Self.examine("gone.good.test.", .a) { message in
            message.authorities.removeAll { $0.type == .nsec || RRSIG($0.data)?.typeCovered == .nsec }
        }
        #expect(missing.found.proof.reason?.code == .denialMissing)
        let old = try Self.examine("gone.good.test.", .a, at: Self.now + 15 * 86400)
        #expect(old.found.proof.reason?.code == .signatureExpired)
        let wrong = try Self.examine("www.good.test.", .a) { message in
            let zone = ResolverTests.world().zones[Self.good]
            message.answers = []
            message.authorities = zone.map { $0.denial(at: SignedWorld.name("www.good.test.")) } ?? []
        }
        #expect(wrong.found.proof.reason?.code == .denialWrong)
        let nothing = try Self.examine("gone.good.test.", .a) { $0.authorities = [] }
        #expect(nothing.found.proof.reason?.code == .denialMissing)
    }

    /// An answer made from a wildcard wants the proof that nothing is closer.
    @Test(arguments: [(true, Verdict.secure), (false, .bogus)]) func wildcards(isProven: Bool, verdict: Verdict) throws
    {
        let zone = try #require(ResolverTests.world().zones[Self.good])
        let key = try #require(zone.key)
        let message = zone.answer(SignedWorld.name("x.wild.good.test."), .a)
        let set = try #require(RRset.grouping(message.answers.filter { $0.type == .a }).first)
        let signatures = message.answers.compactMap { record in
            RRSIG(record.data).map { SignedSet.Signature(fields: $0, ttl: record.ttl) }
        }
        var judge = SignatureJudge(verifier: LibcryptoVerifier(), effort: .question)
        let examination = ZoneExamination(zone: Self.good, keys: [ZoneKeys.Key(key.dnskey)], at: Self.now)
        let found = examination.expansion(
            of: SignedSet(records: set, signatures: signatures), by: isProven ? message.authorities : [], &judge)
        #expect(found.proof.verdict == verdict)
    }

    /// What leads out of a zone does not lower its verdict; what is broken in it does, at any name.
    @Test func oneVerdict() throws {
        var world = ResolverTests.world()
        let zone = Self.good
        func verdict(_ names: [String]) -> Verdict {
            var resolutions = ZoneVerdict.questions(about: zone).map { world.resolve("\($0.name)", $0.type) }
            resolutions += names.map { world.resolve($0, .a) }
            return ZoneVerdict.joined(resolutions, of: zone).verdict
        }
        #expect(verdict([]) == .secure)
        #expect(verdict(["out.good.test."]) == .secure)
        world.meddle = { query, message in
            if query.name == SignedWorld.name("deep.empty.good.test.") {
                message.answers.removeAll { $0.type == .rrsig }
            }
        }
        #expect(verdict([]) == .secure)
        #expect(verdict(["deep.empty.good.test."]) == .bogus)
        world.meddle = { query, message in
            if query.name == SignedWorld.name("www.other.test.") { message.answers.removeAll { $0.type == .rrsig } }
        }
        #expect(world.resolve("into.good.test.", .a).proof.verdict == .bogus)
        #expect(verdict(["into.good.test."]) == .secure, "another zone is at fault")
    }
}
