import DNSWire

/// One answer of an authoritative server, shared by all its receivers.
final class AuthorityAnswer {
    /// The signers and the validity of its signatures.
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
    /// Seconds for which its denial may be cached.
    var negativeTTL: UInt32 = 0
    /// The NSEC3 iterations of its denial.
    var iterations = 0
    /// Its denial rests on a span that may hold delegations without a DS: nobody vouches for it (RFC 5155 §9.2).
    var isOptOut = false
    /// It comes from a wildcard whose denials omit types.
    var hidesWildcardTypes = false
    /// The size over UDP that the scenario states.
    var statedBytes = 0

    init(code: ResponseCode) {
        self.code = code
    }

    var isNegative: Bool { code == .nxDomain || answers.isEmpty }

    /// Seconds for which a resolver may cache it, before the limits of that resolver.
    var ttl: Int {
        if isNegative && answers.isEmpty { return Int(min(negativeTTL, 10_800)) }
        return Int(answers.map(\.ttl).min() ?? 0)
    }
}
