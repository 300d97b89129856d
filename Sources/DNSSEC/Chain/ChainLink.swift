public import DNSWire

/// One zone of a chain of trust, with all that ties it to the zone above.
public struct ChainLink: Hashable, Sendable {
    /// The zone.
    public let zone: Name
    /// The signed zone above; nothing where a trust anchor stands.
    public let parent: Name?
    /// The verdict on the zone's keys.
    public let proof: Proof
    /// The digests that the parent, or the trust anchor, names, and how the published keys fit them.
    public let delegation: [ChainDigest]
    /// The keys that the zone publishes.
    public let keys: [ChainKey]
    /// The signatures over the DS and DNSKEY sets.
    public let signatures: [ChainSignature]

    /// The digests alone.
    public var digests: [DS] { delegation.map(\.fields) }
}

/// One DS record beside the keys that the zone publishes.
public struct ChainDigest: Hashable, Sendable {
    /// The record.
    public let fields: DS
    /// How it goes together with the published keys; nothing where they could not be fetched.
    public let fit: KeyPointers.Fit?
    /// Whether validators look at it at all: of a known kind and algorithm, and not of SHA-1 beside a better one.
    public let counts: Bool
}

/// One published key.
public struct ChainKey: Hashable, Sendable {
    /// The key.
    public let fields: DNSKEY
    /// Its tag.
    public let tag: UInt16
    /// Whether a DS or a trust anchor names it.
    public let isNamed: Bool
    /// Whether a good signature over the DNSKEY set is its.
    public let signsKeys: Bool

    /// What the key is for, as far as can be seen.
    public var role: String {
        if fields.isRevoked { return "revoked" }
        if !fields.isZoneKey { return "not a zone key" }
        return fields.isSecureEntryPoint || isNamed ? "key-signing" : "zone-signing"
    }

    /// The size in bits: of an RSA modulus, or of a coordinate.
    public var bits: Int? {
        switch fields.algorithm {
        case 5, 7, 8, 10: Self.modulusBits(fields.publicKey)
        case 13, 15: 256
        case 14: 384
        case 16: 456
        default: nil
        }
    }

    /// RFC 3110 section 2.
    private static func modulusBits(_ key: [UInt8]) -> Int? {
        guard let first = key.first else { return nil }
        var start = 1 + Int(first)
        if first == 0 {
            guard key.count > 2 else { return nil }
            start = 3 + (Int(key[1]) << 8 | Int(key[2]))
        }
        guard start < key.count else { return nil }
        let modulus = key[start...].drop { $0 == 0 }
        guard let top = modulus.first else { return 0 }
        return modulus.count * 8 - top.leadingZeroBitCount
    }
}

/// One signature over a set of the chain.
public struct ChainSignature: Hashable, Sendable {
    /// The owner of the signed set.
    public let owner: Name
    /// The time to live of the set, in seconds.
    public let ttl: UInt32
    /// What the signature says.
    public let fields: RRSIG
    /// Whether a key of its zone verifies it, whatever the time.
    public let verifies: Bool
    /// Whether that could be found out: the keys of its zone are known and of a kind that is used.
    public let isChecked: Bool
    /// Whether the set counts on it: for keys, only signatures of named keys count.
    public let counts: Bool

    /// Where the moment lies: `valid`, `expired`, `not-yet-valid`; `invalid` when no key verifies the signature, `unchecked`
    /// when no key was at hand to try.
    public func state(at now: UInt32) -> String {
        if !isChecked { return "unchecked" }
        if !verifies { return "invalid" }
        let moment = SerialNumber(rawValue: now)
        if moment.isAfter(SerialNumber(rawValue: fields.expiration)) { return "expired" }
        return moment.isBefore(SerialNumber(rawValue: fields.inception)) ? "not-yet-valid" : "valid"
    }
}

/// How a zone proves what it does not have.
public enum DenialParameters: Hashable, Sendable {
    /// Plain names.
    case nsec
    /// Plain names made up for each question (RFC 9824).
    case compact
    /// Hashed names.
    case nsec3(iterations: UInt16, salt: [UInt8], optOut: Bool)
}

/// The first moment at which something of the chain stops validating if nothing is signed again.
public struct ChainEnd: Hashable, Sendable {
    /// The last second, since 1970.
    public let moment: UInt32
    /// The set whose last good signature ends then.
    public let owner: Name
    /// The type of that set.
    public let type: RecordType
    /// The zone that signed it.
    public let zone: Name
    /// The tag of the key that signed it.
    public let keyTag: UInt16
}
