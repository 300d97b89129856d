public import DNSWire

/// A trust anchor that follows its zone's key rollovers automatically (RFC 5011).
///
/// A value: its owner passes it each fetched DNSKEY RRset, stores the result, and asks again after `interval`. Keys are
/// identified by their SHA-256 digests, so that it can start from published DS records.
public struct ManagedAnchors: Hashable, Sendable, Codable {
    /// How long a new key must be seen, and a revoked one is remembered, in seconds: 30 days (RFC 5011 section 2.4).
    public static let holdDown: Int64 = 30 * 86400
    /// The largest number of concurrent pending keys; others have to wait.
    static let keptPending = 8

    /// The state of a key (RFC 5011 section 4.2).
    public enum State: String, Hashable, Sendable, Codable {
        /// Seen, but not for long enough.
        case pending
        /// Trusted.
        case valid
        /// Trusted, though not in the present set.
        case missing
        /// Revoked: never trusted again.
        case revoked
        /// Revoked long ago.
        case removed
    }

    /// One key.
    public struct Key: Hashable, Sendable, Codable {
        /// The key tag without the REVOKE flag.
        public let tag: UInt16
        /// The DNSSEC algorithm number.
        public let algorithm: UInt8
        /// The SHA-256 digest of owner and key, without the REVOKE flag.
        public let digest: [UInt8]
        /// The state.
        public internal(set) var state: State
        /// When the state began, in seconds since 1970.
        public internal(set) var since: Int64
        /// The moment until which a pending key must be seen, in seconds since 1970; nil for a key in any other state.
        public internal(set) var heldUntil: Int64?

        /// Whether signatures of the key are trusted.
        public var isTrusted: Bool { state == .valid || state == .missing }
    }

    /// A change of a key's state.
    public struct Change: Hashable, Sendable {
        /// The key's tag.
        public let tag: UInt16
        /// The previous state; nil for a new key.
        public let from: State?
        /// The new state; nil if the key was removed from the list.
        public let to: State?
    }

    /// The zone.
    public let zone: Name
    /// The known keys.
    public internal(set) var keys: [Key]
    /// When a trusted set was last seen, in seconds since 1970; nil if none was.
    public internal(set) var seen: Int64?
    /// How long to wait before asking again, in seconds (RFC 5011 section 2.3).
    public internal(set) var interval: Int64 = 3600

    /// Makes an anchor from configured digests, which are trusted from the start; only SHA-256 digests are used.
    public init(zone: Name, digests: [DS], now: Int64) {
        self.zone = zone
        keys = digests.filter { $0.digestType == DigestKind.sha256.rawValue }.map {
            Key(tag: $0.keyTag, algorithm: $0.algorithm, digest: $0.digest, state: .valid, since: now)
        }
    }

    /// Makes the anchor of the root from the built-in keys.
    public static func root(now: Int64) -> ManagedAnchors {
        ManagedAnchors(zone: .root, digests: TrustAnchors.builtIn.zones[.root]?.digests ?? [], now: now)
    }

    /// The presently trusted keys.
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
