public import DNSWire

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

/// The reason why a verdict is not "secure".
public struct Reason: Hashable, Sendable, Codable {
    /// The kind of reason, as a stable code.
    public let code: Code
    /// The zone in which the chain ends.
    public let zone: Name
    /// One sentence for users.
    public let text: String

    /// Makes a reason.
    public init(_ code: Code, zone: Name, _ text: String) {
        self.code = code
        self.zone = zone
        self.text = text
    }

    /// The matching Extended DNS Error (RFC 8914).
    public var extendedError: UInt16 { code.extendedError }

    /// The kinds of reasons; the raw values are stable.
    public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        // Insecure.
        case noTrustAnchor = "no-trust-anchor"
        case unsignedDelegation = "unsigned-delegation"
        case optOut = "nsec3-opt-out"
        case algorithmUnsupported = "algorithm-unsupported"
        case digestUnsupported = "digest-unsupported"
        case iterationsTooHigh = "nsec3-iterations"
        case signatureItself = "signature-itself"
        // Bogus.
        case keyMissing = "dnskey-missing"
        case keyMismatch = "ds-without-dnskey"
        case keyUnusable = "dnskey-unusable"
        case signatureMissing = "rrsig-missing"
        case signatureExpired = "signature-expired"
        case signatureNotYetValid = "signature-not-yet-valid"
        case signatureWindow = "signature-window-inverted"
        case signatureInvalid = "signature-invalid"
        case signatureWithoutKey = "signature-without-key"
        case signerWrong = "signer-wrong"
        case labelsWrong = "signature-labels"
        case denialMissing = "denial-missing"
        case denialWrong = "denial-wrong"
        case wildcardUnproven = "wildcard-unproven"
        case aliasWrong = "alias-wrong"
        case delegationUnproven = "delegation-unproven"
        // Bounds.
        case tooManySignatures = "too-many-signature-checks"
        case tooManyHashes = "too-many-nsec3-hashes"
        case tooManyQueries = "too-many-queries"
        case tooManyAliases = "too-many-aliases"
        case aliasLoop = "alias-loop"
        // No verdict.
        case unreachable = "servers-unreachable"
        case lame = "servers-lame"
        case nameTooLong = "name-too-long"
        case timedOut = "timed-out"
        case intercepted = "intercepted"

        /// The Extended DNS Error that other software would return for it (RFC 8914 section 4).
        public var extendedError: UInt16 {
            switch self {
            case .algorithmUnsupported: 1
            case .digestUnsupported: 2
            case .signatureExpired: 7
            case .signatureNotYetValid: 8
            case .keyMissing, .keyMismatch, .signatureWithoutKey: 9
            case .signatureMissing: 10
            case .keyUnusable: 11
            case .denialMissing, .denialWrong, .wildcardUnproven, .delegationUnproven: 12
            case .unreachable, .lame: 22
            case .intercepted: 23
            case .iterationsTooHigh: 27
            case .noTrustAnchor, .unsignedDelegation, .optOut: 0
            case .timedOut, .tooManyQueries, .tooManyAliases, .aliasLoop, .nameTooLong, .signatureItself: 0
            case .signatureWindow, .signatureInvalid, .signerWrong, .labelsWrong, .aliasWrong, .tooManySignatures,
                .tooManyHashes:
                6
            }
        }
    }
}

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
