import DNSWire

/// A record in the JSON of `query`, `decode` and `resolve`.
struct RecordEntry: Encodable {
    var name: String
    var type: String
    var `class`: String
    var ttl: UInt32
    var data: String

    init(_ record: Record) {
        name = record.name.description
        type = record.type.description
        `class` = record.recordClass.description
        ttl = record.ttl
        data = record.data.text
    }
}
