import DNSWire

/// One answer of an authoritative server, shared by everyone who gets it.
final class AuthorityAnswer {
    /// Who signed it, and for how long that holds.
    struct Signatures {
        /// Labels of the keys.
        var signers: [String]
        /// Seconds of the scenario.
        var from: Int
        var to: Int
        var sound: Bool
    }

    var code: ResponseCode
    var isAuthoritative = true
    var answers: [Record] = []
    var answerSignatures: [Record] = []
    var authorities: [Record] = []
    var authoritySignatures: [Record] = []
    var additionals: [Record] = []
    /// Labels of the keys in a DNSKEY answer.
    var keyLabels: [String] = []
    var signatures: Signatures?
    /// Seconds for which its denial may be kept.
    var negativeTTL: UInt32 = 0
    /// NSEC3 iterations of its denial.
    var iterations = 0
    /// Its denial rests on a span that may hold delegations without a DS: nobody vouches for it (RFC 5155 §9.2).
    var isOptOut = false
    /// It comes from a wildcard whose denials omit types.
    var hidesWildcardTypes = false
    /// What it measures over UDP, where that is given.
    var statedBytes = 0

    init(code: ResponseCode) {
        self.code = code
    }

    var isNegative: Bool { code == .nxDomain || answers.isEmpty }

    /// Seconds for which a resolver may keep it, limits of that resolver left out.
    var ttl: Int {
        if isNegative && answers.isEmpty { return Int(min(negativeTTL, 10_800)) }
        return Int(answers.map(\.ttl).min() ?? 0)
    }
}
