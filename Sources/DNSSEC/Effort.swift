/// The work that judging may still cause: every check is paid for before it is made.
///
/// Whoever judges on behalf of others (a question, a round of a domain, a survey) hands in one budget. When it is used up,
/// nothing more is checked, and what was not checked is unknown: neither secure nor bogus.
public struct Effort: Hashable, Sendable {
    /// Signature verifications left; those whose verdict is known already are free.
    public private(set) var checks: Int
    /// NSEC3 hashes left.
    public private(set) var hashes: Int
    /// What is left in units of about a tenth of a millisecond of CPU, over work of all kinds.
    public private(set) var units: Int
    /// Whether something was left undone for want of it.
    public private(set) var isSpent = false

    /// A budget.
    public init(checks: Int, hashes: Int, units: Int) {
        self.checks = checks
        self.hashes = hashes
        self.units = units
    }

    /// What one question may cost.
    public static let question = Effort(
        checks: Limits.signatureChecksPerQuestion, hashes: Limits.hashesPerQuestion, units: Limits.effortPerQuestion)
    /// What all questions about one chain of trust may cost together.
    public static let survey = Effort(
        checks: 4 * Limits.signatureChecksPerQuestion, hashes: 4 * Limits.hashesPerQuestion,
        units: 4 * Limits.effortPerQuestion)

    /// What a round of a domain, or a check-up, may cost, with this many sets that somebody wants to be watched.
    public static func round(sets: Int) -> Effort {
        let units = max(Limits.effortPerRound, Limits.effortPerWatchedSet * sets)
        return Effort(checks: units, hashes: Limits.hashesPerQuestion, units: units)
    }

    /// Pays for one verification; false when that is not possible any more.
    mutating func payCheck(_ algorithm: UInt8, _ publicKey: [UInt8]) -> Bool {
        guard checks > 0 else { return refuse() }
        checks -= 1
        return pay(Self.price(algorithm, publicKey))
    }

    /// Pays for one NSEC3 hash.
    mutating func payHash(iterations: UInt16, saltSize: Int) -> Bool {
        guard hashes > 0 else { return refuse() }
        hashes -= 1
        // SHA-1 takes 64 bytes at a time; sixty-four of these, with what surrounds them, are a unit.
        return pay((Int(iterations) + 1) * (1 + saltSize / 64) / 64)
    }

    /// Pays for putting so many bytes in order, comparing and hashing them; sets of ordinary size are free.
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

    /// The price of one verification, as measured with OpenSSL 3 relative to P-256.
    private static func price(_ algorithm: UInt8, _ publicKey: [UInt8]) -> Int {
        switch algorithm {
        // An exponent of eight bytes takes six times as long as the usual one of three.
        case 5, 7, 8, 10: publicKey.first.map { $0 > 0 && $0 <= 4 } ?? true ? 1 : 5
        case 14: 8
        case 16: 2
        default: 1
        }
    }

    /// The smaller of two budgets in every respect.
    func limited(to other: Effort) -> Effort {
        Effort(checks: min(checks, other.checks), hashes: min(hashes, other.hashes), units: min(units, other.units))
    }

    /// What is left after a part of it, which began as `share`, has been worked with.
    func without(_ share: Effort, _ left: Effort) -> Effort {
        var rest = Effort(
            checks: checks - (share.checks - left.checks), hashes: hashes - (share.hashes - left.hashes),
            units: units - (share.units - left.units))
        rest.isSpent = isSpent || left.isSpent
        return rest
    }
}
