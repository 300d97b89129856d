public import DNSWire

/// The keys that may sign a zone's records, from its authenticated DNSKEY RRset.
public struct ZoneKeys: Hashable, Sendable {
    /// A key with its tag, which is computed once.
    public struct Key: Hashable, Sendable {
        /// The published key.
        public let fields: DNSKEY
        /// The key tag (RFC 4034 appendix B).
        public let tag: UInt16

        /// Computes the tag of a key.
        public init(_ fields: DNSKEY) {
            self.fields = fields
            tag = fields.keyTag
        }

        /// Whether the key may sign: a zone key with protocol 3 (RFC 4034 section 2.1) that is not revoked (RFC 5011).
        public var isUsable: Bool { fields.isZoneKey && fields.protocolNumber == 3 && !fields.isRevoked }
    }

    /// The zone.
    public let zone: Name
    /// The usable keys.
    public let keys: [Key]

    init(zone: Name, keys: [Key]) {
        self.zone = zone
        self.keys = keys
    }

    /// Returns the usable keys of a DNSKEY RRset.
    static func keys(in set: RRset) -> [Key] {
        set.data.prefix(Limits.keptKeys).compactMap { DNSKEY($0) }.map { Key($0) }.filter(\.isUsable)
    }
}
