import DNSSEC
import DNSWire
import LapwingCrypto
import Synchronization
import Testing

/// Work is paid for, and when the budget is used up, what is left is unknown.
@Suite struct EffortTests {
    /// Counts what it is asked, and takes nothing for good.
    final class Counter: SignatureVerifier {
        let checks = Mutex(0)
        let hashes = Mutex(0)

        func verify(algorithm: UInt8, publicKey: [UInt8], data: [UInt8], signature: [UInt8]) -> Bool? {
            checks.withLock { $0 += 1 }
            return false
        }

        func digest(_ kind: DigestKind, _ data: [UInt8]) -> [UInt8] {
            hashes.withLock { $0 += 1 }
            return [UInt8](repeating: 0, count: kind.length)
        }
    }

    static func signature(_ number: UInt8, by key: DNSKEY) -> RRSIG {
        RRSIG(
            typeCovered: .txt, algorithm: key.algorithm, labels: 1, originalTTL: 300,
            expiration: UInt32(SignedWorld.now + 1000), inception: UInt32(SignedWorld.now - 1000), keyTag: key.keyTag,
            signer: SignedWorld.name("test."), signature: [UInt8](repeating: number, count: 64))
    }

    static func set(_ number: Int, bytes: Int = 10) -> RRset {
        let text = "\"\(number)" + String(repeating: "x", count: 200) + "\""
        let data = (0..<max(1, bytes / 200)).compactMap { try? RecordData(type: .txt, text: "\"\($0)\" \(text)") }
        return RRset(name: SignedWorld.name("test."), type: .txt, ttl: 300, data: data)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var algorithm: UInt8
        var keySize = 64
        var bytes = 10
        /// The most verifications that the budget of a round pays for.
        var most: Int
    }

    static let cases = [
        Case(testDescription: "P-256", algorithm: 13, most: Limits.effortPerRound),
        Case(testDescription: "P-384", algorithm: 14, keySize: 96, most: Limits.effortPerRound / 8),
        Case(testDescription: "Ed448", algorithm: 16, keySize: 57, most: Limits.effortPerRound / 2),
        Case(testDescription: "sets of 40 kilobytes", algorithm: 13, bytes: 40_000, most: Limits.effortPerRound / 19),
    ]

    @Test(arguments: cases) func aRoundEnds(_ example: Case) {
        let verifier = Counter()
        var judge = SignatureJudge(verifier: verifier, effort: .round(sets: 20))
        let key = ZoneKeys.Key(
            DNSKEY(
                type: .dnskey, flags: 257, protocolNumber: 3, algorithm: example.algorithm,
                publicKey: [UInt8](repeating: 7, count: example.keySize)))
        var verdicts: Set<SignatureVerdict> = []
        for number in 0..<(2 * example.most) {
            var checks = 0
            verdicts.insert(
                judge.judge(
                    Self.signature(1, by: key.fields), over: Self.set(number, bytes: example.bytes), by: [key],
                    checks: &checks))
        }
        #expect(verdicts == [.wrong, .unchecked])
        #expect(judge.effort.isSpent)
        #expect(verifier.checks.withLock { $0 } <= example.most)
        #expect(verifier.checks.withLock { $0 } >= example.most * 2 / 3)
    }

    @Test func whatIsKnownCostsNothing() {
        let verifier = Counter()
        var judge = SignatureJudge(verifier: verifier, effort: .round(sets: 20))
        let key = ZoneKeys.Key(
            DNSKEY(
                type: .dnskey, flags: 257, protocolNumber: 3, algorithm: 13, publicKey: [UInt8](repeating: 7, count: 64)
            ))
        for _ in 0..<(2 * Limits.effortPerRound) {
            var checks = 0
            let verdict = judge.judge(Self.signature(1, by: key.fields), over: Self.set(1), by: [key], checks: &checks)
            #expect(verdict == .wrong)
        }
        #expect(verifier.checks.withLock { $0 } == 1)
        #expect(!judge.effort.isSpent)
    }

    /// One set: eight checks at most, four keys of one tag at most, and beyond that it is unknown.
    @Test(arguments: [(1, 8, false), (2, 4, false), (4, 2, false), (4, 3, true), (5, 1, true), (1, 9, true)])
    func oneSet(keys: Int, signatures: Int, isUnchecked: Bool) throws {
        let verifier = Counter()
        var judge = SignatureJudge(verifier: verifier, effort: .round(sets: 20))
        let first = try #require(SigningKey(algorithm: 13, seed: "one")).dnskey
        let all = [first] + (keys > 1 ? HostileTests.colliding(with: first, count: keys - 1) : [])
        var checks = 0
        let verdicts = (0..<signatures).map { number in
            judge.judge(
                Self.signature(UInt8(number), by: first), over: Self.set(1), by: all.map { ZoneKeys.Key($0) },
                checks: &checks)
        }
        #expect(verdicts.contains(.unchecked) == isUnchecked)
        #expect(verifier.checks.withLock { $0 } <= Limits.signatureChecksPerSet)
    }

    @Test func hashesEnd() {
        let verifier = Counter()
        var judge = SignatureJudge(verifier: verifier, effort: .round(sets: 20))
        var isRefused = false
        for number in 0..<5000 {
            let salt = [UInt8](repeating: UInt8(number & 0xFF), count: 200) + [UInt8(number >> 8)]
            isRefused = judge.hash(SignedWorld.name("test."), iterations: 150, salt: salt) == nil || isRefused
        }
        #expect(isRefused)
        #expect(verifier.hashes.withLock { $0 } <= 151 * Limits.hashesPerQuestion)
        #expect(judge.hash(SignedWorld.name("other."), iterations: 151, salt: []) == nil)
    }

    /// Questions that share a budget: when the first has used it up, the second has no verdict.
    @Test func questionsShareABudget() {
        var world = ResolverTests.world()
        var memory = ResolutionCache()
        memory.effort = Effort(checks: 7, hashes: 10, units: 100)
        let first = world.resolve("www.good.test.", .a, memory: &memory)
        #expect(first.proof == .secure)
        let second = world.resolve("www.other.test.", .a, memory: &memory)
        #expect(second.proof.verdict == .indeterminate)
        #expect(second.proof.reason?.code == .tooManySignatures)
        #expect(memory.effort?.checks == 0)
        #expect(memory.effort?.isSpent == true)
    }
}
