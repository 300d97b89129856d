/// A budget of validation work: every check is deducted before it is made.
///
/// A caller that validates on behalf of others (for a question, a round of a domain, a survey) passes one budget. Once
/// it is used up, nothing more is checked, and unchecked data is indeterminate: neither secure nor bogus.
public struct Effort: Hashable, Sendable {
    /// Remaining signature verifications; those with a cached verdict are free.
    public private(set) var checks: Int
    /// Remaining NSEC3 hashes.
    public private(set) var hashes: Int
    /// The remaining work of all kinds, in units of about a tenth of a millisecond of CPU time.
    public private(set) var units: Int
    /// Whether any work was refused because of the budget.
    public private(set) var isSpent = false

    /// Makes a budget.
    public init(checks: Int, hashes: Int, units: Int) {
        self.checks = checks
        self.hashes = hashes
        self.units = units
    }

    /// The budget of one question.
    public static let question = Effort(
        checks: Limits.signatureChecksPerQuestion, hashes: Limits.hashesPerQuestion, units: Limits.effortPerQuestion)
    /// The joint budget of all questions about one chain of trust.
    public static let survey = Effort(
        checks: 4 * Limits.signatureChecksPerQuestion, hashes: 4 * Limits.hashesPerQuestion,
        units: 4 * Limits.effortPerQuestion)

    /// Returns the budget of a round of a domain, or of a check-up, with this number of watched RRsets.
    public static func round(sets: Int) -> Effort {
        let units = max(Limits.effortPerRound, Limits.effortPerWatchedSet * sets)
        return Effort(checks: units, hashes: Limits.hashesPerQuestion, units: units)
    }

    /// Deducts one verification; false if the budget is used up.
    mutating func payCheck(_ algorithm: UInt8, _ publicKey: [UInt8]) -> Bool {
        guard checks > 0 else { return refuse() }
        checks -= 1
        return pay(Self.price(algorithm, publicKey))
    }

    /// Deducts one NSEC3 hash.
    mutating func payHash(iterations: UInt16, saltSize: Int) -> Bool {
        guard hashes > 0 else { return refuse() }
        hashes -= 1
        // SHA-1 processes blocks of 64 bytes; sixty-four blocks, including overhead, are one unit.
        return pay((Int(iterations) + 1) * (1 + saltSize / 64) / 64)
    }

    /// Deducts sorting, comparing and hashing this number of bytes; RRsets of ordinary size are free.
    mutating func payBytes(_ count: Int) -> Bool { pay(count / 2048) }

    private mutating func pay(_ price: Int) -> Bool {
        guard price <= units else { return refuse() }
        units -= price
        return true
    }

    private mutating func refuse() -> Bool {
        isSpent = true
        units = 0
        checks = 0
        return false
    }

    /// The cost of one verification, as measured with OpenSSL 3 relative to P-256.
    private static func price(_ algorithm: UInt8, _ publicKey: [UInt8]) -> Int {
        switch algorithm {
        // An exponent of eight bytes takes six times as long as the usual one of three.
        case 5, 7, 8, 10: publicKey.first.map { $0 > 0 && $0 <= 4 } ?? true ? 1 : 5
        case 14: 8
        case 16: 2
        default: 1
        }
    }

    /// Returns the minimum of two budgets in every respect.
    func limited(to other: Effort) -> Effort {
        Effort(checks: min(checks, other.checks), hashes: min(hashes, other.hashes), units: min(units, other.units))
    }

    /// Returns the rest of this budget after a part of it, which began as `share`, was used.
    func without(_ share: Effort, _ left: Effort) -> Effort {
        var rest = Effort(
            checks: checks - (share.checks - left.checks), hashes: hashes - (share.hashes - left.hashes),
            units: units - (share.units - left.units))
        rest.isSpent = isSpent || left.isSpent
        return rest
    }
}
