/// What has been found out about signatures: a truth that time does not change.
///
/// Bounded in entries and in bytes; when full, all is forgotten.
public struct SignatureVerdicts: Hashable, Sendable {
    /// The most verdicts: more than a round of a domain may work out, so that looking at the same again costs nothing.
    static let mostEntries = 4096
    /// The most bytes of what they are about: keys, signatures and data.
    static let mostBytes = 2 << 20

    private var verdicts: [SignatureCheck: Bool] = [:]
    private var bytes = 0

    /// Nothing known yet.
    public init() {}

    /// How many there are.
    public var count: Int { verdicts.count }

    subscript(check: SignatureCheck) -> Bool? { verdicts[check] }

    mutating func keep(_ verdict: Bool, of check: SignatureCheck) {
        guard check.isSmall else { return }
        if verdicts.count >= Self.mostEntries || bytes + check.bytes > Self.mostBytes { self = SignatureVerdicts() }
        if verdicts.updateValue(verdict, forKey: check) == nil { bytes += check.bytes }
    }

    /// The verdicts, taken out, so that whoever goes on with them need not copy them.
    public mutating func takeAll() -> SignatureVerdicts {
        var taken = SignatureVerdicts()
        swap(&taken, &self)
        return taken
    }
}
