/// The records of one name, type and class (RFC 9499).
public struct RRset: Hashable, Sendable {
    /// The owner name.
    public var name: Name
    /// The type of all data.
    public var type: RecordType
    /// The class.
    public var recordClass: RecordClass
    /// The time to live in seconds: the lowest of the records'.
    public var ttl: UInt32
    /// The data, each once, in the order of arrival.
    public var data: [RecordData]

    /// A set of records.
    public init(name: Name, type: RecordType, recordClass: RecordClass = .in, ttl: UInt32, data: [RecordData]) {
        self.name = name
        self.type = type
        self.recordClass = recordClass
        self.ttl = ttl
        self.data = data
    }

    /// The set as single records.
    public var records: [Record] {
        data.map { Record(name: name, recordClass: recordClass, ttl: ttl, data: $0) }
    }

    /// The data in canonical form, sorted and each once (RFC 4034 section 6.3): equal for equal sets.
    public var canonicalData: [[UInt8]] {
        Set(data.map(\.canonical)).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The sets that the records form, in the order in which each first appears.
    public static func grouping(_ records: some Sequence<Record>) -> [RRset] {
        var sets: [RRset] = []
        var places: [Question: Int] = [:]
        var seen: Set<Record> = []
        for record in records {
            let key = Question(name: record.name, type: record.type, recordClass: record.recordClass)
            var timeless = record
            timeless.ttl = 0
            let isNew = seen.insert(timeless).inserted
            if let place = places[key] {
                sets[place].ttl = min(sets[place].ttl, record.ttl)
                if isNew { sets[place].data.append(record.data) }
            } else {
                places[key] = sets.count
                sets.append(
                    RRset(
                        name: record.name, type: record.type, recordClass: record.recordClass, ttl: record.ttl,
                        data: [record.data]))
            }
        }
        return sets
    }
}
