package import DNSWire

/// One RRset of a transferred zone as it is kept: a digest that identifies its value, and its data if they are short.
package struct ZoneSet: Sendable, Hashable {
    /// The largest size in bytes of an RRset whose data is kept; of larger ones only the digest is.
    package static let dataLimit = 512

    /// The name and type of the RRset.
    package var key: RecordSetKey
    /// The lowest TTL of its records, in seconds.
    package var ttl: UInt32
    /// The number of its records.
    package var count: Int
    /// The sum of the hashes of its records, so that single records can be added and removed.
    package var digest: UInt128
    /// The data in canonical form, sorted; empty if they are too long to be kept.
    package var data: [RecordData]

    package init(key: RecordSetKey, ttl: UInt32, count: Int, digest: UInt128, data: [RecordData]) {
        self.key = key
        self.ttl = ttl
        self.count = count
        self.digest = digest
        self.data = data
    }

    /// Creates the set of these records, each counted once.
    init(_ key: RecordSetKey, ttl: UInt32, of records: some Sequence<RecordData>, hashedBy secret: AnswerDigest.Key) {
        let data = Set(records.map(\.inCanonicalForm)).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        let isShort = data.reduce(0) { $0 + $1.bytes.count } <= Self.dataLimit
        self.init(
            key: key, ttl: ttl, count: data.count,
            digest: data.reduce(0) { $0 &+ Self.hash($1, secret) }, data: isShort ? data : [])
    }

    /// Whether the data is kept.
    package var isWhole: Bool { data.count == count }

    /// Whether it has the same records as another set, whatever their TTLs.
    func hasSameRecords(as other: ZoneSet) -> Bool { digest == other.digest && count == other.count }

    /// The data for people, or the number of records if the data is not kept.
    package var texts: [String] {
        isWhole ? data.map(\.text) : ["\(count) \(count == 1 ? "record" : "records") too long to be kept"]
    }

    /// Returns the set after removals and additions; nil if they do not match the kept records.
    func changed(
        removing removed: [RecordData], adding added: [RecordData], ttl: UInt32?, hashedBy secret: AnswerDigest.Key
    ) -> ZoneSet? {
        let (removed, added) = (Set(removed.map(\.inCanonicalForm)), Set(added.map(\.inCanonicalForm)))
        if isWhole {
            let present = Set(data)
            guard removed.isSubset(of: present) else { return nil }
            let left = present.subtracting(removed)
            return ZoneSet(key, ttl: ttl ?? self.ttl, of: left.union(added), hashedBy: secret)
        }
        let (gone, come) = (removed.subtracting(added), added.subtracting(removed))
        guard gone.count <= count else { return nil }
        var set = self
        set.ttl = ttl ?? self.ttl
        set.count += come.count - gone.count
        set.digest = come.reduce(digest) { $0 &+ Self.hash($1, secret) }
        set.digest = gone.reduce(set.digest) { $0 &- Self.hash($1, secret) }
        guard set.count > 0 || set.digest == 0 else { return nil }
        return set
    }

    private static func hash(_ data: RecordData, _ secret: AnswerDigest.Key) -> UInt128 {
        var hash = KeyedHash(secret)
        hash.update(data.type.rawValue)
        hash.update(data.bytes.span)
        return hash.finish()
    }
}

extension RecordData {
    /// The record with names in lower case, for types in which letter case does not matter.
    fileprivate var inCanonicalForm: RecordData {
        do throws(WireError) {
            return try RecordData(type: type, recordClass: recordClass, wire: canonical)
        } catch {
            return self
        }
    }
}

extension RecordType {
    /// Whether signers and servers generate records of this type, which are left out of a whole zone.
    package var isOfTheSigner: Bool {
        switch self {
        case .soa, .rrsig, .nsec, .nsec3, .nsec3param, .zonemd: true
        // The type in which BIND records the progress of its signing.
        case RecordType(rawValue: 65_534): true
        default: false
        }
    }
}
