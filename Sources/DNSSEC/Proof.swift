import DNSWire

/// A verdict with its reason.
public struct Proof: Hashable, Sendable, Codable {
    /// The verdict.
    public var verdict: Verdict
    /// The reason why it is not "secure"; nil if it is.
    public var reason: Reason?

    /// Makes a verdict with a reason.
    public init(_ verdict: Verdict, _ reason: Reason?) {
        self.verdict = verdict
        self.reason = reason
    }

    /// The secure verdict.
    public static let secure = Proof(.secure, nil)

    static func bogus(_ code: Reason.Code, _ zone: Name, _ text: String) -> Proof {
        Proof(.bogus, Reason(code, zone: zone, text))
    }

    static func insecure(_ code: Reason.Code, _ zone: Name, _ text: String) -> Proof {
        Proof(.insecure, Reason(code, zone: zone, text))
    }

    /// Returns the verdict for a missing proof: bogus, unless the search had to end early.
    static func unproven(_ code: Reason.Code, _ zone: Name, _ text: String) -> Proof {
        code == .tooManyHashes ? indeterminate(code, zone, text) : bogus(code, zone, text)
    }

    static func indeterminate(_ code: Reason.Code, _ zone: Name, _ text: String) -> Proof {
        Proof(.indeterminate, Reason(code, zone: zone, text))
    }

    /// Returns the proof for data that consists of parts with these two proofs: the worse one, or the first if they are
    /// equal.
    func joined(with other: Proof) -> Proof {
        verdict.joined(with: other.verdict) == verdict ? self : other
    }
}
