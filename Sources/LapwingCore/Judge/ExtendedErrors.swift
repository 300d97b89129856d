/// Names of extended DNS errors (RFC 8914), as their registry gives them.
enum ExtendedErrors {
    private static let names: [UInt16: String] = [
        0: "other", 1: "unsupported DNSKEY algorithm", 2: "unsupported DS digest", 3: "stale answer",
        4: "forged answer", 5: "DNSSEC indeterminate", 6: "DNSSEC bogus", 7: "signature expired",
        8: "signature not yet valid", 9: "DNSKEY missing", 10: "RRSIGs missing", 11: "no zone key bit set",
        12: "NSEC missing", 13: "cached error", 14: "not ready", 15: "blocked", 16: "censored", 17: "filtered",
        18: "prohibited", 19: "stale NXDOMAIN answer", 20: "not authoritative", 21: "not supported",
        22: "no reachable authority", 23: "network error", 24: "invalid data", 25: "signature expired before valid",
        26: "too early", 27: "unsupported NSEC3 iterations", 28: "unable to conform to policy", 29: "synthesized",
        30: "invalid query type",
    ]

    /// Returns a sentence such as `Extended errors: 9 (DNSKEY missing), 6 (DNSSEC bogus).`; empty if there are no
    /// codes.
    static func facts(_ codes: [UInt16]) -> [String] {
        guard !codes.isEmpty else { return [] }
        let words = codes.map { code in names[code].map { "\(code) (\($0))" } ?? "\(code)" }
        return ["Extended errors: \(words.joined(separator: ", "))."]
    }
}
