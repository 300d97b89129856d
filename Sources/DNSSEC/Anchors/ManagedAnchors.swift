public import DNSWire

/// A trust anchor that follows its zone's key rollovers by itself (RFC 5011).
///
/// A value: whoever keeps it shows it each DNSKEY set that is fetched, stores what comes of it, and asks again after
/// `interval`. Keys are known by their SHA-256 digests, so that it can begin with published DS records.
public struct ManagedAnchors: Hashable, Sendable, Codable {
    /// How long a new key must be seen, and a revoked one remembered, in seconds: 30 days (RFC 5011 section 2.4).
    public static let holdDown: Int64 = 30 * 86400
    /// New keys that are waited for at the same time; others have to wait their turn.
    static let keptPending = 8

    /// Where a key stands (RFC 5011 section 4.2).
    public enum State: String, Hashable, Sendable, Codable {
        /// Seen, but not for long enough.
        case pending
        /// Trusted.
        case valid
        /// Trusted, though no longer in the set.
        case missing
        /// Revoked by itself: never trusted again.
        case revoked
        /// Revoked long ago.
        case removed
    }

    /// One key.
    public struct Key: Hashable, Sendable, Codable {
        /// The tag of the key as it is when not revoked.
        public let tag: UInt16
        /// The DNSSEC algorithm number.
        public let algorithm: UInt8
        /// The SHA-256 digest of owner and key, the REVOKE flag not set.
        public let digest: [UInt8]
        /// Where it stands.
        public internal(set) var state: State
        /// Since when, in seconds since 1970.
        public internal(set) var since: Int64
        /// Until when a pending key must still be seen, in seconds since 1970.
        public internal(set) var heldUntil: Int64?

        /// Whether what the key signs is trusted.
        public var isTrusted: Bool { state == .valid || state == .missing }
    }

    /// A step that a key has made.
    public struct Change: Hashable, Sendable {
        /// The key's tag.
        public let tag: UInt16
        /// Where it stood; nothing when it is new.
        public let from: State?
        /// Where it stands; nothing when it is forgotten.
        public let to: State?
    }

    /// The zone.
    public let zone: Name
    /// The keys that are known.
    public internal(set) var keys: [Key]
    /// When the set was last seen and trusted, in seconds since 1970.
    public internal(set) var seen: Int64?
    /// How long to wait before asking again, in seconds (RFC 5011 section 2.3).
    public internal(set) var interval: Int64 = 3600

    /// An anchor that begins with configured digests, trusted from the start; digests but SHA-256 do not count.
    public init(zone: Name, digests: [DS], now: Int64) {
        self.zone = zone
        keys = digests.filter { $0.digestType == DigestKind.sha256.rawValue }.map {
            Key(tag: $0.keyTag, algorithm: $0.algorithm, digest: $0.digest, state: .valid, since: now)
        }
    }

    /// The root's, beginning with the built-in keys.
    public static func root(now: Int64) -> ManagedAnchors {
        ManagedAnchors(zone: .root, digests: TrustAnchors.builtIn.zones[.root]?.digests ?? [], now: now)
    }

    /// What is trusted now.
    public var anchors: TrustAnchors {
        TrustAnchors(records: trusted.map { Record(name: zone, ttl: 0, data: $0.data) })
    }

    var trusted: [DS] {
        keys.filter(\.isTrusted).map {
            DS(
                type: .ds, keyTag: $0.tag, algorithm: $0.algorithm, digestType: DigestKind.sha256.rawValue,
                digest: $0.digest)
        }
    }
}
