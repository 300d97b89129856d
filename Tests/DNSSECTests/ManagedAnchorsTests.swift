import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

/// RFC 5011, step by step: what a trust anchor makes of the DNSKEY sets that it is shown over the months.
struct ManagedAnchorsTests {
    static let day: Int64 = 86400
    static let start: Int64 = 1_800_000_000
    static let verifier = LibcryptoVerifier()

    /// The old key with the REVOKE flag.
    static let revoked = SigningKey(algorithm: 13, seed: "old", flags: 0x0181)

    let old = SigningKey(algorithm: 13, seed: "old")
    let new = SigningKey(algorithm: 15, seed: "new")
    var anchor: ManagedAnchors

    init() throws {
        let key = try #require(SigningKey(algorithm: 13, seed: "old"))
        let digest = try #require(DS(key.delegation(zone: .root).data))
        anchor = ManagedAnchors(zone: .root, digests: [digest], now: Self.start)
    }

    /// The set of these keys, signed by some of them.
    func set(_ published: [SigningKey?], signedBy signers: [SigningKey?], at now: Int64) -> SignedSet {
        let records = RRset(name: .root, type: .dnskey, ttl: 172_800, data: published.compactMap { $0?.dnskey.data })
        let moment = UInt32(truncatingIfNeeded: now)
        let signatures = signers.compactMap {
            $0?.sign(records, signer: .root, inception: moment - 86400, expiration: moment + 86400 * 14)
        }
        return SignedSet(
            records: records,
            signatures: signatures.compactMap { RRSIG($0.data) }.map { SignedSet.Signature(fields: $0, ttl: 172_800) })
    }

    /// Shows the anchor a set after some days; gives the steps as text.
    @discardableResult mutating func show(
        _ published: [SigningKey?], signedBy signers: [SigningKey?], after days: Int64
    ) -> (isTrusted: Bool, steps: [String]) {
        let now = Self.start + days * Self.day
        let result = anchor.observe(set(published, signedBy: signers, at: now), now: now, verifier: Self.verifier)
        return (
            result.isTrusted,
            result.changes.map { "\($0.from?.rawValue ?? "-") > \($0.to?.rawValue ?? "-")" }
        )
    }

    var trusted: Int { anchor.keys.filter(\.isTrusted).count }

    @Test mutating func rollover() {
        let (first, second) = (old, new)
        #expect(show([first], signedBy: [first], after: 0).steps == [])
        #expect(show([first, second], signedBy: [first], after: 1).steps == ["- > pending"])
        #expect(show([first, second], signedBy: [first], after: 30).steps == [])
        #expect(trusted == 1)
        #expect(show([first, second], signedBy: [first], after: 31).steps == ["pending > valid"])
        #expect(trusted == 2)
        // The old key revokes itself; from then on only the new one counts.
        let revoked = Self.revoked
        let step = show([revoked, second], signedBy: [revoked, second], after: 60)
        #expect(step.isTrusted && step.steps == ["valid > revoked"])
        #expect(show([first], signedBy: [first], after: 61).isTrusted == false)
        #expect(show([second], signedBy: [second], after: 89).steps == [])
        #expect(show([second], signedBy: [second], after: 91).steps == ["revoked > removed"])
        #expect(show([first, second], signedBy: [second], after: 92).steps == [])
        #expect(trusted == 1)
    }

    @Test mutating func aKeyThatIsNotSeenAllTheTime() {
        let (first, second) = (old, new)
        show([first, second], signedBy: [first], after: 1)
        #expect(show([first], signedBy: [first], after: 20).steps == ["pending > -"])
        #expect(show([first, second], signedBy: [first], after: 21).steps == ["- > pending"])
        #expect(show([first, second], signedBy: [first], after: 40).steps == [])
        #expect(show([first, second], signedBy: [first], after: 51).steps == ["pending > valid"])
    }

    @Test mutating func aTrustedKeyGoesAndComesBack() {
        let (first, second) = (old, new)
        show([first, second], signedBy: [first], after: 0)
        show([first, second], signedBy: [first], after: 31)
        #expect(show([second], signedBy: [second], after: 40).steps == ["valid > missing"])
        #expect(trusted == 2)
        #expect(show([first, second], signedBy: [first], after: 50).steps == ["missing > valid"])
    }

    @Test mutating func strangersChangeNothing() {
        let (first, second) = (old, new)
        let before = anchor.keys
        #expect(show([second], signedBy: [second], after: 1).isTrusted == false)
        #expect(show([first, second], signedBy: [second], after: 2).isTrusted == false)
        // Revoked is a key only by its own signature.
        let revoked = Self.revoked
        #expect(show([revoked, second], signedBy: [second], after: 3).isTrusted == false)
        #expect(anchor.keys == before)
    }

    @Test mutating func manyNewKeysAtOnce() {
        let first = old
        let others = (0..<40).map { SigningKey(algorithm: 15, seed: "other \($0)") }
        #expect(show([first] + others, signedBy: [first], after: 1).steps.count == 8)
    }

    @Test func theRootBeginsWithTheBuiltInKeys() {
        let root = ManagedAnchors.root(now: Self.start)
        #expect(root.anchors == TrustAnchors.builtIn)
        #expect(root.keys.map(\.tag).sorted() == [20326, 38696])
    }

    @Test mutating func intervals() {
        let first = old
        show([first], signedBy: [first], after: 0)
        #expect(anchor.interval == 86400)
        show([first], signedBy: [], after: 0)
        #expect(anchor.interval == 3600)
    }
}
