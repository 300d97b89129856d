internal import DNSWire

/// Carries out the checks that cost something, within the limits of one question.
///
/// Results are remembered, so that the same signature and the same hash are computed once.
struct Examiner: Sendable {
    /// The moment at which signatures are judged, in seconds since 1970, wrapping around.
    let now: UInt32
    let verifier: any SignatureVerifier
    /// Whether signatures must hold at that moment.
    var judgesTimes = true

    /// Signature checks left for this question.
    private(set) var checksLeft = Limits.signatureChecksPerQuestion
    private(set) var hashesLeft = Limits.hashesPerQuestion
    /// What has been found out about signatures: a truth that time does not change.
    private(set) var verdicts: [SignatureCheck: Bool]
    private var hashes: [HashInput: [UInt8]] = [:]

    private struct HashInput: Hashable {
        var name: Name
        var iterations: UInt16
        var salt: [UInt8]
    }

    /// An examiner for one question, with the verdicts of earlier ones.
    init(now: UInt32, verifier: any SignatureVerifier, verdicts: consuming [SignatureCheck: Bool] = [:]) {
        self.now = now
        self.verifier = verifier
        self.verdicts = verdicts.count < SignatureCheck.kept ? verdicts : [:]
    }

    /// The verdicts, taken out.
    mutating func takeVerdicts() -> [SignatureCheck: Bool] {
        var taken: [SignatureCheck: Bool] = [:]
        swap(&taken, &verdicts)
        return taken
    }

    /// Whether a signature over a set verifies; `nil` when no check is left or the algorithm is not supported.
    mutating func verifies(_ key: DNSKEY, _ signature: RRSIG, over set: RRset) -> Bool? {
        let check = SignatureCheck(key, signature, set)
        if let known = verdicts[check] { return known }
        guard checksLeft > 0, let bytes = CanonicalForm.signedBytes(set, signature) else { return nil }
        checksLeft -= 1
        let verdict = verifier.verify(
            algorithm: key.algorithm, publicKey: key.publicKey, data: bytes, signature: signature.signature)
        if let verdict, check.isSmall { verdicts[check] = verdict }
        return verdict
    }

    /// The NSEC3 hash of a name (RFC 5155 section 5); `nil` when no hash is left.
    mutating func hash(_ name: Name, iterations: UInt16, salt: [UInt8]) -> [UInt8]? {
        let input = HashInput(name: name, iterations: iterations, salt: salt)
        if let known = hashes[input] { return known }
        guard hashesLeft > 0, iterations <= Limits.hashIterations else { return nil }
        hashesLeft -= 1
        let digest = NSEC3Hash.of(name, iterations: iterations, salt: salt, by: verifier)
        hashes[input] = digest
        return digest
    }
}
