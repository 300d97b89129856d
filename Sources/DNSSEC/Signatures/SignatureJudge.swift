public import DNSWire

/// The result of checking whether any of some keys made a signature.
public enum SignatureVerdict: Hashable, Sendable {
    /// One of them did.
    case good
    /// None of them did.
    case wrong
    /// Unknown: the algorithm is not supported, or the key is too large.
    case unsupported
    /// Unknown: the check would have exceeded the budget.
    case unchecked
}

/// Verifies all signatures, within a budget of work.
///
/// Verdicts and hashes are cached, so that nothing is computed twice.
public struct SignatureJudge: Sendable {
    /// The crypto library.
    public let verifier: any SignatureVerifier
    /// The remaining budget.
    public private(set) var effort: Effort
    /// The number of verifications, without those with a cached verdict.
    public private(set) var checksMade = 0

    private var verdicts: SignatureVerdicts
    private var hashes: [NSEC3Hash.Input: [UInt8]] = [:]
    private var digests: [KeyDigest: [UInt8]] = [:]

    private struct KeyDigest: Hashable {
        var kind: DigestKind
        var zone: Name
        var key: DNSKEY
    }

    /// Makes a judge with a budget and with earlier verdicts.
    public init(verifier: any SignatureVerifier, effort: Effort, verdicts: consuming SignatureVerdicts = .init()) {
        self.verifier = verifier
        self.effort = effort
        self.verdicts = verdicts
    }

    /// A copy of the verdicts.
    var knownVerdicts: SignatureVerdicts { verdicts }

    /// Moves the verdicts out.
    public mutating func takeVerdicts() -> SignatureVerdicts { verdicts.takeAll() }

    /// Whether one of the keys with the signature's tag and algorithm made the signature, regardless of the time.
    ///
    /// - Parameter checks: the number of verifications for this RRset so far; at most `Limits.signatureChecksPerSet`
    ///   are made.
    public mutating func judge(
        _ signature: RRSIG, over set: RRset, by keys: some Sequence<ZoneKeys.Key>, checks: inout Int
    ) -> SignatureVerdict {
        guard effort.payBytes(set.data.reduce(0) { $0 + $1.bytes.count }) else { return .unchecked }
        var verdict = SignatureVerdict.wrong
        var tried = 0
        for key in keys where key.tag == signature.keyTag && key.fields.algorithm == signature.algorithm {
            guard tried < Limits.collidingKeys, checks < Limits.signatureChecksPerSet else { return .unchecked }
            tried += 1
            checks += 1
            switch judge(signature, over: set, by: key.fields) {
            case .good: return .good
            case .unchecked: return .unchecked
            case .unsupported: verdict = .unsupported
            case .wrong: break
            }
        }
        return verdict
    }

    private mutating func judge(_ signature: RRSIG, over set: RRset, by key: DNSKEY) -> SignatureVerdict {
        let check = SignatureCheck(key, signature, set)
        if let known = verdicts[check] { return known ? .good : .wrong }
        guard let bytes = CanonicalForm.signedBytes(set, signature) else { return .wrong }
        guard effort.payCheck(key.algorithm, key.publicKey) else { return .unchecked }
        checksMade += 1
        guard
            let verdict = verifier.verify(
                algorithm: key.algorithm, publicKey: key.publicKey, data: bytes, signature: signature.signature)
        else { return .unsupported }
        verdicts.keep(verdict, of: check)
        return verdict ? .good : .wrong
    }

    /// Returns the NSEC3 hash of a name (RFC 5155 section 5); `nil` for too many iterations, and if the budget is used
    /// up.
    public mutating func hash(_ name: Name, iterations: UInt16, salt: [UInt8]) -> [UInt8]? {
        let input = NSEC3Hash.Input(name: name, iterations: iterations, salt: salt)
        if let known = hashes[input] { return known }
        guard iterations <= Limits.hashIterations, effort.payHash(iterations: iterations, saltSize: salt.count) else {
            return nil
        }
        let digest = NSEC3Hash.of(name, iterations: iterations, salt: salt, by: verifier)
        hashes[input] = digest
        return digest
    }

    /// Compares a DS record with the published keys of a zone.
    public mutating func fit(_ digest: DS, among published: [ZoneKeys.Key], of zone: Name) -> KeyPointers.Fit {
        let keys = published.filter { $0.tag == digest.keyTag && $0.fields.algorithm == digest.algorithm }
        guard !keys.isEmpty else { return .noKey }
        let verdicts = keys.prefix(Limits.collidingKeys).map { fits(digest, $0.fields, of: zone) }
        if verdicts.contains(true) { return .fits }
        return verdicts.contains(nil) ? .unknownDigest : .otherDigest
    }

    /// Whether a DS record matches a key (RFC 4034 section 5.1.4); `nil` if the digest type is not supported, or the
    /// budget is used up.
    public mutating func fits(_ digest: DS, _ key: DNSKEY, of zone: Name) -> Bool? {
        guard let kind = Algorithms.digest(digest.digestType) else { return nil }
        let identity = KeyDigest(kind: kind, zone: zone, key: key)
        if let known = digests[identity] { return known == digest.digest }
        guard effort.payBytes(key.publicKey.count) else { return nil }
        let made = verifier.digest(kind, CanonicalForm.delegationBytes(zone, key))
        digests[identity] = made
        return made == digest.digest
    }
}
