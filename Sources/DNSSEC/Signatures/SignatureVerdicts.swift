/// Cached verdicts on signatures, which do not depend on the time.
///
/// Bounded in entries and in bytes; if it is full, all entries are dropped.
public struct SignatureVerdicts: Hashable, Sendable {
    /// The largest number of verdicts: more than a round of a domain may compute, so that checking the same again costs
    /// nothing.
    static let mostEntries = 4096
    /// The largest size of the keys, signatures and data in the entries, in bytes.
    static let mostBytes = 2 << 20

    private var verdicts: [SignatureCheck: Bool] = [:]
    private var bytes = 0

    /// Makes an empty cache.
    public init() {}

    /// The number of verdicts.
    public var count: Int { verdicts.count }

    subscript(check: SignatureCheck) -> Bool? { verdicts[check] }

    mutating func keep(_ verdict: Bool, of check: SignatureCheck) {
        guard check.isSmall else { return }
        if verdicts.count >= Self.mostEntries || bytes + check.bytes > Self.mostBytes { self = SignatureVerdicts() }
        if verdicts.updateValue(verdict, forKey: check) == nil { bytes += check.bytes }
    }

    /// Moves the verdicts out, so that the new owner need not copy them.
    public mutating func takeAll() -> SignatureVerdicts {
        var taken = SignatureVerdicts()
        swap(&taken, &self)
        return taken
    }
}
