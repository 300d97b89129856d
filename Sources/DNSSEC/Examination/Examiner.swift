internal import DNSWire

/// Validates RRsets and denials at one moment, within the budget of one question.
struct Examiner: Sendable {
    /// The moment of validation, in seconds since 1970, modulo 2^32.
    let now: UInt32
    /// Whether signatures must be valid at that moment.
    var judgesTimes = true
    var judge: SignatureJudge

    var verifier: any SignatureVerifier { judge.verifier }

    /// Makes an examiner for one question, with the verdicts of earlier ones.
    init(
        now: UInt32, verifier: any SignatureVerifier, effort: Effort = .question,
        verdicts: consuming SignatureVerdicts = SignatureVerdicts()
    ) {
        self.now = now
        judge = SignatureJudge(verifier: verifier, effort: effort, verdicts: verdicts)
    }

    /// Makes an examiner that continues the work of a judge.
    init(now: UInt32, judge: consuming SignatureJudge) {
        self.now = now
        self.judge = judge
    }

    /// Returns the NSEC3 hash of a name (RFC 5155 section 5); `nil` if the budget of hashes is used up.
    mutating func hash(_ name: Name, iterations: UInt16, salt: [UInt8]) -> [UInt8]? {
        judge.hash(name, iterations: iterations, salt: salt)
    }
}
