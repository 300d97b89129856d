import ChainDrawing
import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

extension SignedWorld {
    /// What the survey of a name finds.
    mutating func survey(_ name: String, now: Int64 = SignedWorld.now) -> ChainSurvey {
        func run(judgingTimes: Bool) -> ([Resolution], ResolutionCache) {
            var settings = settings
            settings.judgesTimes = judgingTimes
            var memory = ResolutionCache()
            var resolutions: [Resolution] = []
            for type in [RecordType.soa, .ns, .dnskey, .cds, .cdnskey, .a] {
                var resolver = Resolver(
                    question: Question(name: Self.name(name), type: type), settings: settings, memory: memory,
                    verifier: LibcryptoVerifier(), now: now)
                var step = resolver.start()
                while case .ask(let queries) = step { step = resolver.receive(queries.map { ($0, answer($0)) }) }
                memory = resolver.memory
                if case .done(let resolution) = step { resolutions.append(resolution) }
            }
            return (resolutions, memory)
        }
        let (judged, standing) = run(judgingTimes: true)
        let (found, memory) = run(judgingTimes: false)
        return ChainSurvey(
            name: Self.name(name), judged: judged, found: found, evidence: memory.evidence,
            standing: standing.evidence,
            now: UInt32(truncatingIfNeeded: now), verifier: LibcryptoVerifier())
    }
}

/// The chain as it is told and drawn: the verdict, the end, and the fault in its place.
struct ChainTests {
    static let good = SignedWorld.name("good.test.")
    static let day: Int64 = 86400

    func count(of part: String, in text: String) -> Int {
        var found = 0
        var rest = text[...]
        while let place = rest.firstRange(of: part) {
            found += 1
            rest = rest[place.upperBound...]
        }
        return found
    }

    @Test func aHealthyChainEndsWithItsFirstSignature() {
        var world = ResolverTests.world()
        let survey = world.survey("good.test.")
        #expect(survey.proof == .secure)
        #expect(survey.findings.isEmpty)
        #expect(survey.end?.moment == UInt32(SignedWorld.now + 14 * Self.day))
        let picture = ChainDiagram(survey).svg
        #expect(picture.contains("secure: every signature leads to the trust anchor"))
        #expect(!picture.contains("class=\"callout"))
        // Colours are there for viewers without variables, and without style sheets.
        #expect(!picture.contains("var(") && !picture.contains("$"))
        #expect(picture.contains(".ground{fill:#ffffff}") && picture.contains(".ground{fill:#0f1419}"))
        #expect(picture.contains("class=\"card secure\" fill=\"#f6f8fa\""))
    }

    /// A year ahead it is told on which date, and through which signature, the chain has ended.
    @Test func aYearAhead() {
        var world = ResolverTests.world()
        let survey = world.survey("good.test.", now: SignedWorld.now + 365 * Self.day)
        #expect(survey.proof.reason?.code == .signatureExpired)
        #expect(survey.end?.moment == UInt32(SignedWorld.now + 14 * Self.day))
        #expect(survey.end?.zone == .root && survey.end?.type == .dnskey)
        #expect(survey.findings.first?.code == "SEC-10")
        // The root's card bears the fault; what lies below is not reached.
        let picture = ChainDiagram(survey).svg
        #expect(count(of: "class=\"callout bogus\"", in: picture) == 1)
        #expect(picture.contains("not reached"))
    }

    @Test func aBrokenLinkStandsOnItsCard() {
        var world = ResolverTests.world()
        let stranger = SigningKey(algorithm: 13, seed: "stranger")
        world.meddle = { query, message in
            guard query.name == Self.good, query.type == .dnskey else { return }
            message.answers = [stranger?.record(zone: Self.good)].compactMap(\.self)
        }
        let survey = world.survey("good.test.")
        #expect(survey.proof.reason?.code == .keyMismatch)
        #expect(survey.findings.first?.code == "SEC-02")
        let picture = ChainDiagram(survey).svg
        #expect(count(of: "class=\"callout bogus\"", in: picture) == 1)
        #expect(count(of: "class=\"card secure\"", in: picture) == 2)
    }

    @Test func aNameOfAllSignsStaysOneDocument() {
        var world = ResolverTests.world()
        let survey = world.survey(String(repeating: "\\034\\060x.", count: 20) + "good.test.")
        let picture = ChainDiagram(survey).svg
        #expect(!picture.contains("<060"))
        #expect(count(of: "<svg", in: picture) == 1)
    }
}

/// CDS and CDNSKEY beside the keys and the parent's DS.
struct ChildSignalsTests {
    static let zone = SignedWorld.name("good.test.")
    static let verifier = LibcryptoVerifier()

    let old = SigningKey(algorithm: 13, seed: "old")
    let new = SigningKey(algorithm: 13, seed: "new")

    func digest(_ key: SigningKey?) -> RecordData? {
        guard var fields = key.flatMap({ DS($0.delegation(zone: Self.zone).data) }) else { return nil }
        fields.type = .cds
        return fields.data
    }

    func key(_ key: SigningKey?) -> RecordData? {
        guard var fields = key?.dnskey else { return nil }
        fields.type = .cdnskey
        return fields.data
    }

    func remarks(_ signals: [RecordData?], parent: [SigningKey?], signing: [SigningKey?]) -> [String] {
        ChildSignals(zone: Self.zone, records: signals.compactMap(\.self)).remarks(
            delegation: parent.compactMap { $0.flatMap { DS($0.delegation(zone: Self.zone).data) } },
            published: [old, new].compactMap { $0?.dnskey }, signing: Set(signing.compactMap { $0?.keyTag }),
            verifier: Self.verifier
        ).map(\.kind.rawValue)
    }

    @Test func signals() throws {
        #expect(remarks([], parent: [old], signing: [old]) == [])
        #expect(remarks([digest(old), key(old)], parent: [old], signing: [old]) == [])
        #expect(remarks([digest(new), key(new)], parent: [old], signing: [old, new]) == ["waiting"])
        #expect(remarks([digest(old), digest(new)], parent: [old], signing: [old]) == ["waiting"])
        #expect(remarks([digest(old)], parent: [old, new], signing: [old, new]) == ["waiting"])
        #expect(remarks([digest(old), key(new)], parent: [old], signing: [old, new]) == ["contradiction"])
        // The new key is asked for, but does not sign the keys yet.
        #expect(remarks([digest(new), key(new)], parent: [old], signing: [old]) == ["breaking", "waiting"])
        let delete = try RecordData(type: .cds, text: "0 0 0 00")
        let deleteKey = try RecordData(type: .cdnskey, text: "0 3 0 AA==")
        #expect(remarks([delete, deleteKey], parent: [old], signing: [old]) == ["delete"])
        #expect(remarks([delete, deleteKey], parent: [], signing: [old]) == [])
        #expect(remarks([delete, digest(old)], parent: [old], signing: [old]) == ["malformedDelete"])
        let sloppy = try RecordData(type: .cds, text: "1 0 0 00")
        #expect(remarks([sloppy], parent: [old], signing: [old]) == ["malformedDelete"])
    }
}
