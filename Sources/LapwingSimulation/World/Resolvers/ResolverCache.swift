import DNSWire

/// One of the caches behind a resolver's address. Times are in seconds of the scenario.
final class ResolverCache {
    /// The cached result of a question.
    struct Entry {
        var at: Int
        var expires: Int
        /// Nil after a failure, and for names in a domain that no longer exists.
        var answer: AuthorityAnswer?
        /// The whole domain does not exist in its parent zone.
        var domainAbsent = false
        var secure = false
        /// Empty although the authoritative server has data, because of an earlier denial.
        var deniedEarlier = false
        /// The extended error of a failure (RFC 8914).
        var failure: UInt16?

        var isUsable: Bool { answer != nil || domainAbsent }
    }

    struct Delegation {
        var at: Int
        var expires: Int
        var state: ParentState.State
        var hosts: [Name]
    }

    struct Secure {
        var at: Int
        var expires: Int
        var labels: [String]
        var bogus: Bool
    }

    struct Keys {
        var at: Int
        var expires: Int
        var answer: AuthorityAnswer
    }

    var entries: [Int: Entry] = [:]
    var delegation: Delegation?
    var secure: Secure?
    var keys: Keys?
}

/// The Extended DNS Errors that validating resolvers return here (RFC 8914 §4).
enum ExtendedErrorCode {
    static let staleAnswer: UInt16 = 3
    static let bogus: UInt16 = 6
    static let signatureExpired: UInt16 = 7
    static let signatureNotYetValid: UInt16 = 8
    static let keyMissing: UInt16 = 9
    static let signaturesMissing: UInt16 = 10
    static let noReachableAuthority: UInt16 = 22
}
