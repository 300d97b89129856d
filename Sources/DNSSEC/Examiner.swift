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
    /// By a digest of key, signature and signed bytes: a truth that time does not change.
    private(set) var verified: [[UInt8]: Bool]
    private var hashes: [HashInput: [UInt8]] = [:]

    private struct HashInput: Hashable {
        var name: Name
        var iterations: UInt16
        var salt: [UInt8]
    }

    /// How many signature verdicts are kept between questions.
    static let keptVerdicts = 8192

    /// An examiner for one question, with the verdicts of earlier ones.
    init(now: UInt32, verifier: any SignatureVerifier, verified: [[UInt8]: Bool] = [:]) {
        self.now = now
        self.verifier = verifier
        self.verified = verified.count < Self.keptVerdicts ? verified : [:]
    }

    /// Whether a signature verifies; `nil` when no check is left or the algorithm is not supported.
    mutating func verifies(_ key: DNSKEY, _ signature: RRSIG, _ bytes: [UInt8]) -> Bool? {
        let identity = verifier.digest(
            .sha256, [key.algorithm] + key.publicKey + signature.signature + bytes)
        if let known = verified[identity] { return known }
        guard checksLeft > 0 else { return nil }
        checksLeft -= 1
        let verdict = verifier.verify(
            algorithm: key.algorithm, publicKey: key.publicKey, data: bytes, signature: signature.signature)
        if let verdict { verified[identity] = verdict }
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
