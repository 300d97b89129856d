public import DNSWire

/// One zone of a chain of trust, with the records that connect it to its parent.
public struct ChainLink: Hashable, Sendable {
    /// The zone.
    public let zone: Name
    /// The signed parent zone; nil at a trust anchor.
    public let parent: Name?
    /// The verdict on the zone's keys.
    public let proof: Proof
    /// The digests of the parent zone or the trust anchor, compared with the published keys.
    public let delegation: [ChainDigest]
    /// The published keys of the zone.
    public let keys: [ChainKey]
    /// The signatures over the DS and DNSKEY RRsets.
    public let signatures: [ChainSignature]

    /// The digests alone.
    public var digests: [DS] { delegation.map(\.fields) }
}

/// One DS record compared with the zone's published keys.
public struct ChainDigest: Hashable, Sendable {
    /// The record.
    public let fields: DS
    /// The result of the comparison; nil if the keys could not be fetched.
    public let fit: KeyPointers.Fit?
    /// Whether validators use it: its digest type and algorithm are supported, and it is not a SHA-1 digest beside a
    /// better one.
    public let counts: Bool
}

/// One published key.
public struct ChainKey: Hashable, Sendable {
    /// The key.
    public let fields: DNSKEY
    /// Its tag.
    public let tag: UInt16
    /// Whether a DS or a trust anchor refers to it.
    public let isNamed: Bool
    /// Whether it made a valid signature over the DNSKEY RRset.
    public let signsKeys: Bool

    /// The apparent role of the key.
    public var role: String {
        if fields.isRevoked { return "revoked" }
        if !fields.isZoneKey { return "not a zone key" }
        return fields.isSecureEntryPoint || isNamed ? "key-signing" : "zone-signing"
    }

    /// The size in bits: of an RSA modulus, or of a coordinate; nil if the algorithm or the key is not known.
    public var bits: Int? {
        switch fields.algorithm {
        case 5, 7, 8, 10: Self.modulusBits(fields.publicKey)
        case 13, 15: 256
        case 14: 384
        case 16: 456
        default: nil
        }
    }

    /// Returns the size of an RSA modulus (RFC 3110 section 2).
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

/// One signature over an RRset of the chain.
public struct ChainSignature: Hashable, Sendable {
    /// The owner of the signed RRset.
    public let owner: Name
    /// The TTL of the RRset in seconds.
    public let ttl: UInt32
    /// The fields of the signature.
    public let fields: RRSIG
    /// Whether a key of its zone verifies it, regardless of the time.
    public let verifies: Bool
    /// Whether it could be checked: the keys of its zone are known and of a supported type.
    public let isChecked: Bool
    /// Whether the signature is relevant: for DNSKEY RRsets, only signatures of keys with a DS are.
    public let counts: Bool

    /// Returns the state at a moment: `valid`, `expired`, `not-yet-valid`; `invalid` if no key verifies the signature,
    /// `unchecked` if no key was available.
    public func state(at now: UInt32) -> String {
        if !isChecked { return "unchecked" }
        if !verifies { return "invalid" }
        let moment = SerialNumber(rawValue: now)
        if moment.isAfter(SerialNumber(rawValue: fields.expiration)) { return "expired" }
        return moment.isBefore(SerialNumber(rawValue: fields.inception)) ? "not-yet-valid" : "valid"
    }
}

/// The method of a zone's denial of existence.
public enum DenialParameters: Hashable, Sendable {
    /// NSEC.
    case nsec
    /// NSEC with names made up for each query (RFC 9824).
    case compact
    /// NSEC3.
    case nsec3(iterations: UInt16, salt: [UInt8], optOut: Bool)
}

/// The first moment at which a part of the chain expires unless it is signed again.
public struct ChainEnd: Hashable, Sendable {
    /// The last second, since 1970.
    public let moment: UInt32
    /// The RRset whose last valid signature expires then.
    public let owner: Name
    /// The type of that RRset.
    public let type: RecordType
    /// The zone that signed it.
    public let zone: Name
    /// The tag of the key that signed it.
    public let keyTag: UInt16
}
