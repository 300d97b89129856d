public import DNSWire

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
