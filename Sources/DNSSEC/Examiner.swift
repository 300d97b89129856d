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
    /// The same for sets that came exactly as before: their bytes need not be put in order again.
    private var recent: [RecentCheck: Bool]
    private var hashes: [HashInput: [UInt8]] = [:]

    private struct HashInput: Hashable {
        var name: Name
        var iterations: UInt16
        var salt: [UInt8]
    }

    /// An examiner for one question, with the verdicts of earlier ones.
    init(now: UInt32, verifier: any SignatureVerifier, verdicts: Verdicts = Verdicts()) {
        self.now = now
        self.verifier = verifier
        verified = verdicts.verified.count < Verdicts.kept ? verdicts.verified : [:]
        recent = verdicts.recent.count < Verdicts.keptRecent ? verdicts.recent : [:]
    }

    /// What has been found out about signatures.
    var verdicts: Verdicts { Verdicts(verified: verified, recent: recent) }

    /// The verdicts, taken out.
    mutating func takeVerdicts() -> Verdicts {
        var taken = Verdicts()
        swap(&taken.verified, &verified)
        swap(&taken.recent, &recent)
        return taken
    }

    /// Whether a signature over a set verifies; `nil` when no check is left or the algorithm is not supported.
    ///
    /// The signature's label count must fit the owner.
    mutating func verifies(_ key: DNSKEY, _ signature: RRSIG, over set: RRset) -> Bool? {
        let check = RecentCheck(key: key, signature: signature, name: set.name, data: set.data)
        if let known = recent[check] { return known }
        guard let bytes = CanonicalForm.signedBytes(set, signature) else { return false }
        let verdict = verifies(key, signature, bytes)
        if let verdict, set.data.reduce(0, { $0 + $1.bytes.count }) <= Verdicts.largestRecent {
            recent[check] = verdict
        }
        return verdict
    }

    /// Whether a signature verifies; `nil` when no check is left or the algorithm is not supported.
    private mutating func verifies(_ key: DNSKEY, _ signature: RRSIG, _ bytes: [UInt8]) -> Bool? {
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

/// A check as it was put: these records in this order, this signature, this key.
struct RecentCheck: Hashable, Sendable {
    let key: DNSKEY
    let signature: RRSIG
    let name: Name
    let data: [RecordData]
}

/// Signature verdicts, handed from one question to the next; time does not change them.
struct Verdicts: Sendable {
    /// By a digest of key, signature and signed bytes.
    var verified: [[UInt8]: Bool] = [:]
    /// By what was put.
    var recent: [RecentCheck: Bool] = [:]

    /// How many are kept between questions; beyond that all are forgotten.
    static let kept = 8192
    static let keptRecent = 2048
    /// The most bytes of record data of a set that is kept as it came.
    static let largestRecent = 2048
}
