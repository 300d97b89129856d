import DNSSEC
import DNSWire
import Testing

@Suite struct ResolverTests {
    static func world() -> SignedWorld {
        var world = SignedWorld()
        world.add(".", [])
        world.add("test.", [])
        world.add(
            "good.test.",
            [
                "@ A 192.0.2.1", "www A 192.0.2.2", "*.wild A 192.0.2.3", "deep.empty A 192.0.2.4",
                "alias CNAME www.good.test.",
                "out CNAME www.plain.test.", "into CNAME www.other.test.", "loop CNAME loop2.good.test.",
                "loop2 CNAME loop.good.test.", "tree DNAME other.test.",
            ])
        world.add("other.test.", algorithm: 15, ["www A 192.0.2.5"])
        world.add("plain.test.", isSigned: false, ["www A 192.0.2.6"])
        return world
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String { "\(name) \(type)" }
        var name: String
        var type: RecordType
        var code: ResponseCode
        var verdict: Verdict
        var answers: Int

        init(_ name: String, _ type: RecordType, _ code: ResponseCode, _ verdict: Verdict, _ answers: Int) {
            (self.name, self.type, self.code, self.verdict, self.answers) = (name, type, code, verdict, answers)
        }
    }

    static let cases: [Case] = [
        Case("good.test.", .a, .noError, .secure, 1), Case("www.good.test.", .a, .noError, .secure, 1),
        Case("WWW.Good.Test.", .a, .noError, .secure, 1), Case("good.test.", .dnskey, .noError, .secure, 1),
        Case("good.test.", .ds, .noError, .secure, 1), Case("plain.test.", .ds, .noError, .secure, 0),
        Case("www.good.test.", .txt, .noError, .secure, 0), Case("empty.good.test.", .a, .noError, .secure, 0),
        Case("gone.good.test.", .a, .nxDomain, .secure, 0), Case("a.b.gone.good.test.", .a, .nxDomain, .secure, 0),
        Case("x.wild.good.test.", .a, .noError, .secure, 1), Case("x.y.wild.good.test.", .a, .noError, .secure, 1),
        Case("x.wild.good.test.", .txt, .noError, .secure, 0), Case("alias.good.test.", .a, .noError, .secure, 2),
        Case("alias.good.test.", .cname, .noError, .secure, 1), Case("out.good.test.", .a, .noError, .insecure, 2),
        Case("into.good.test.", .a, .noError, .secure, 2), Case("www.tree.good.test.", .a, .noError, .secure, 3),
        Case("www.plain.test.", .a, .noError, .insecure, 1), Case("gone.plain.test.", .a, .nxDomain, .insecure, 0),
        Case("loop.good.test.", .a, .servFail, .indeterminate, 0), Case("test.", .soa, .noError, .secure, 1),
        Case(".", .ns, .noError, .secure, 1), Case("nothing.", .a, .nxDomain, .secure, 0),
    ]

    @Test(arguments: cases) func resolves(wanted: Case) {
        for minimises in [true, false] {
            var world = Self.world()
            world.minimisesNames = minimises
            let resolution = world.resolve(wanted.name, wanted.type)
            #expect(resolution.responseCode == wanted.code)
            #expect(resolution.proof.verdict == wanted.verdict, "\(resolution.trace)")
            #expect(resolution.answer.count == wanted.answers)
        }
    }

    /// Without an anchor nothing is validated, and everything is answered.
    @Test func noAnchorMeansInsecure() {
        var world = Self.world()
        var resolver = Resolver(
            question: Question(name: SignedWorld.name("www.good.test."), type: .a),
            settings: ResolverSettings(roots: world.settings.roots, anchors: .none), verifier: NoVerifier(),
            now: SignedWorld.now)
        var step = resolver.start()
        while case .ask(let queries) = step { step = resolver.receive(queries.map { ($0, world.answer($0)) }) }
        guard case .done(let resolution) = step else { return #expect(Bool(false)) }
        #expect(resolution.proof.verdict == .insecure)
        #expect(resolution.proof.reason?.code == .noTrustAnchor)
        #expect(resolution.answer.count == 1)
    }

    struct Fault: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var name: String
        var verdict: Verdict
        var codes: Set<Reason.Code>
        var meddle: @Sendable (ServerQuery, inout Message) -> Void
    }

    static let faults: [Fault] = [
        Fault(testDescription: "address changed", name: "www.good.test.", verdict: .bogus, codes: [.signatureInvalid]) {
            query, message in
            guard query.type == .a, query.name.labelCount == 3 else { return }
            message.answers = message.answers.map { record in
                guard record.type == .a, let data = try? RecordData(type: .a, text: "6.6.6.6") else { return record }
                return Record(name: record.name, ttl: record.ttl, data: data)
            }
        },
        Fault(
            testDescription: "signatures stripped", name: "www.good.test.", verdict: .bogus, codes: [.signatureMissing]
        ) { query, message in
            guard query.type == .a else { return }
            message.answers.removeAll { $0.type == .rrsig }
        },
        Fault(testDescription: "denial stripped", name: "gone.good.test.", verdict: .bogus, codes: [.denialMissing]) {
            query, message in
            guard query.name.labelCount == 3 else { return }
            message.authorities.removeAll { $0.type == .nsec }
        },
        Fault(
            testDescription: "wildcard without proof", name: "x.wild.good.test.", verdict: .bogus,
            codes: [.wildcardUnproven]
        ) { query, message in
            if query.name.labelCount == 4 { message.authorities = [] }
        },
        Fault(testDescription: "keys withheld", name: "www.good.test.", verdict: .bogus, codes: [.keyMissing]) {
            query, message in
            if query.type == .dnskey, query.name.labelCount == 2 { message.answers = [] }
        },
        Fault(testDescription: "keys unsigned", name: "www.good.test.", verdict: .bogus, codes: [.signatureMissing]) {
            query, message in
            if query.type == .dnskey, query.name.labelCount == 2 { message.answers.removeAll { $0.type == .rrsig } }
        },
        Fault(
            testDescription: "DS stripped", name: "www.good.test.", verdict: .bogus,
            codes: [.denialMissing, .signatureMissing]
        ) { query, message in
            message.authorities.removeAll { $0.type == .ds || RRSIG($0.data)?.typeCovered == .ds }
            if query.type == .ds { message.answers = [] }
        },
        Fault(
            testDescription: "alias redirected", name: "alias.good.test.", verdict: .bogus, codes: [.signatureInvalid]
        ) { query, message in
            message.answers = message.answers.map { record in
                guard record.type == .cname else { return record }
                return Record(
                    name: record.name, ttl: 300,
                    data: NameTarget(type: .cname, target: SignedWorld.name("www.plain.test.")).data)
            }
        },
        Fault(testDescription: "servers refuse", name: "www.good.test.", verdict: .indeterminate, codes: [.unreachable])
        { query, message in
            if query.name.labelCount == 3 { message = Message(flags: .isResponse, responseCode: .refused) }
        },
        Fault(testDescription: "lame upwards", name: "www.good.test.", verdict: .indeterminate, codes: [.unreachable]) {
            query, message in
            guard query.name.labelCount == 3 else { return }
            message.answers = []
            message.flags = .isResponse
            message.authorities = [
                Record(name: .root, ttl: 1, data: NameTarget(type: .ns, target: SignedWorld.name("a.")).data)
            ]
        },
    ]

    @Test(arguments: faults) func finds(fault: Fault) {
        var world = Self.world()
        world.meddle = fault.meddle
        let resolution = world.resolve(fault.name, .a)
        #expect(resolution.proof.verdict == fault.verdict, "\(resolution.trace)")
        #expect(fault.codes.contains(resolution.proof.reason?.code ?? .noTrustAnchor), "\(resolution.trace)")
        #expect(resolution.responseCode == .servFail)
        #expect(resolution.answer.isEmpty)
    }

    @Test func timesAreJudged() {
        var world = Self.world()
        let late = world.resolve("www.good.test.", .a, now: SignedWorld.now + 86400 * 15)
        #expect(late.proof.reason?.code == .signatureExpired)
        #expect(late.proof.reason?.zone == .root, "the chain breaks at its top first")
        let early = world.resolve("www.good.test.", .a, now: SignedWorld.now - 86400 * 2)
        #expect(early.proof.reason?.code == .signatureNotYetValid)
    }

    @Test func memoryServesTheNextQuestion() {
        var world = Self.world()
        var memory = ResolutionCache()
        let first = world.resolve("www.good.test.", .a, memory: &memory)
        let second = world.resolve("good.test.", .a, memory: &memory)
        #expect(first.queries > 4)
        #expect(second.queries == 1)
        #expect(second.proof == .secure)
    }
}

/// Knows no algorithm at all.
struct NoVerifier: SignatureVerifier {
    func verify(algorithm: UInt8, publicKey: [UInt8], data: [UInt8], signature: [UInt8]) -> Bool? { nil }
    func digest(_ kind: DigestKind, _ data: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: kind.length) }
}
