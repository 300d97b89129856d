import DNSWire

/// The security status of data (RFC 4033 section 5).
public enum Verdict: String, Hashable, Sendable, Codable {
    /// A chain of signatures leads from a trust anchor to the data.
    case secure
    /// It is proven or configured that there is no chain of trust.
    case insecure
    /// There should be a chain of trust, and it is broken.
    case bogus
    /// The status could not be determined.
    case indeterminate

    /// Returns the verdict on data that consists of parts with these two verdicts.
    func joined(with other: Verdict) -> Verdict {
        let order: [Verdict] = [.secure, .insecure, .indeterminate, .bogus]
        let mine = order.firstIndex(of: self) ?? 0
        let theirs = order.firstIndex(of: other) ?? 0
        return mine >= theirs ? self : other
    }
}
