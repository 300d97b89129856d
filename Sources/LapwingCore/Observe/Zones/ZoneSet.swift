package import DNSWire

/// One RRset of a transferred zone as it is kept: what tells it from another value, and its data where they are short.
package struct ZoneSet: Sendable, Hashable {
    /// Bytes of data that are kept of one RRset; of longer ones only the digest is.
    package static let dataLimit = 512

    package var key: RecordSetKey
    /// The least of its records, in seconds.
    package var ttl: UInt32
    /// How many records it has.
    package var count: Int
    /// The hashes of its records added up, so that single records can be added and taken away.
    package var digest: UInt128
    /// The data in canonical form, sorted; empty where they are too long to be kept.
    package var data: [RecordData]

    package init(key: RecordSetKey, ttl: UInt32, count: Int, digest: UInt128, data: [RecordData]) {
        self.key = key
        self.ttl = ttl
        self.count = count
        self.digest = digest
        self.data = data
    }

    /// The set of these records, each counted once.
    init(_ key: RecordSetKey, ttl: UInt32, of records: some Sequence<RecordData>, hashedBy secret: AnswerDigest.Key) {
        let data = Set(records.map(\.inCanonicalForm)).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        let isShort = data.reduce(0) { $0 + $1.bytes.count } <= Self.dataLimit
        self.init(
            key: key, ttl: ttl, count: data.count,
            digest: data.reduce(0) { $0 &+ Self.hash($1, secret) }, data: isShort ? data : [])
    }

    /// Whether the data are kept.
    package var isWhole: Bool { data.count == count }

    /// Whether it has the same records as another, whatever their time to live.
    func hasSameRecords(as other: ZoneSet) -> Bool { digest == other.digest && count == other.count }

    /// For people: the data, or how many there are where they are not kept.
    package var texts: [String] {
        isWhole ? data.map(\.text) : ["\(count) \(count == 1 ? "record" : "records") too long to be kept"]
    }

    /// The set after records went and came; nil where that does not fit what is kept.
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
    /// With names in lower case, where their letters do not matter.
    fileprivate var inCanonicalForm: RecordData {
        do throws(WireError) {
            return try RecordData(type: type, recordClass: recordClass, wire: canonical)
        } catch {
            return self
        }
    }
}

extension RecordType {
    /// What signers, servers and serials do by themselves: of a whole zone it is left out.
    package var isOfTheSigner: Bool {
        switch self {
        case .soa, .rrsig, .nsec, .nsec3, .nsec3param, .zonemd: true
        // Where BIND keeps how far its signing has come.
        case RecordType(rawValue: 65_534): true
        default: false
        }
    }
}
