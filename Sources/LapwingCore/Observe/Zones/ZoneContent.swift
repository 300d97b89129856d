package import DNSWire

/// A whole zone during its transfer: its records by RRset, without those of the signer.
package struct ZoneContent: Sendable {
    private struct Gathered: Sendable {
        var ttl: UInt32
        var data: [RecordData]
    }

    /// The serial of the transferred version; nil before the first record.
    package private(set) var serial: SerialNumber?
    private var gathered: [RecordSetKey: Gathered] = [:]

    package init() {}

    /// Adds records, in any order.
    package mutating func take(_ records: some Sequence<Record>) {
        for record in records {
            if let soa = SOA(record.data), serial == nil { serial = soa.serial }
            guard !record.type.isOfTheSigner else { continue }
            let key = RecordSetKey(record.name, record.type)
            let index = gathered.index(forKey: key)
            guard let index else {
                gathered[key] = Gathered(ttl: record.ttl, data: [record.data])
                continue
            }
            gathered.values[index].data.append(record.data)
            if record.ttl < gathered.values[index].ttl { gathered.values[index].ttl = record.ttl }
        }
    }

    /// Returns its RRsets in the form in which they are kept.
    package func sets(hashedBy secret: AnswerDigest.Key) -> [RecordSetKey: ZoneSet] {
        var sets: [RecordSetKey: ZoneSet] = [:]
        sets.reserveCapacity(gathered.count)
        for (key, value) in gathered {
            sets[key] = ZoneSet(key, ttl: value.ttl, of: value.data, hashedBy: secret)
        }
        return sets
    }
}
