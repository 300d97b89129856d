public import DNSWire

/// The keys that may sign a zone's records, once the zone's DNSKEY set is proven.
public struct ZoneKeys: Hashable, Sendable {
    /// One key and its tag, which is computed once.
    public struct Key: Hashable, Sendable {
        /// The key as the zone publishes it.
        public let fields: DNSKEY
        /// RFC 4034 appendix B.
        public let tag: UInt16

        /// A key; its tag is computed.
        public init(_ fields: DNSKEY) {
            self.fields = fields
            tag = fields.keyTag
        }

        /// Whether the key may sign at all: a zone key of protocol 3 (RFC 4034 section 2.1), not revoked (RFC 5011).
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

    /// The usable keys of a DNSKEY set.
    static func keys(in set: RRset) -> [Key] {
        set.data.prefix(Limits.keptKeys).compactMap { DNSKEY($0) }.map { Key($0) }.filter(\.isUsable)
    }
}
