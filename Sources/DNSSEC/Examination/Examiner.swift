internal import DNSWire

/// Judges sets and denials at one moment, within the limits of one question.
struct Examiner: Sendable {
    /// The moment at which signatures are judged, in seconds since 1970, wrapping around.
    let now: UInt32
    /// Whether signatures must hold at that moment.
    var judgesTimes = true
    var judge: SignatureJudge

    var verifier: any SignatureVerifier { judge.verifier }

    /// An examiner for one question, with the verdicts of earlier ones.
    init(
        now: UInt32, verifier: any SignatureVerifier, effort: Effort = .question,
        verdicts: consuming SignatureVerdicts = SignatureVerdicts()
    ) {
        self.now = now
        judge = SignatureJudge(verifier: verifier, effort: effort, verdicts: verdicts)
    }

    /// An examiner that goes on with the work of a judge.
    init(now: UInt32, judge: consuming SignatureJudge) {
        self.now = now
        self.judge = judge
    }

    /// The NSEC3 hash of a name (RFC 5155 section 5); `nil` when no hash is left.
    mutating func hash(_ name: Name, iterations: UInt16, salt: [UInt8]) -> [UInt8]? {
        judge.hash(name, iterations: iterations, salt: salt)
    }
}
