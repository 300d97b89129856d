/// One resource record.
public struct Record: Hashable, Sendable {
    /// The owner name.
    public var name: Name
    /// The class.
    public var recordClass: RecordClass
    /// The time to live in seconds.
    public var ttl: UInt32
    /// The data, which knows its type.
    public var data: RecordData

    /// A record.
    public init(name: Name, recordClass: RecordClass = .in, ttl: UInt32, data: RecordData) {
        self.name = name
        self.recordClass = recordClass
        self.ttl = ttl
        self.data = data
    }

    /// The type.
    public var type: RecordType { data.type }

    /// The record on one line, its parts separated by tabs.
    public var text: String { "\(name)\t\(ttl)\t\(recordClass)\t\(type)\t\(data.text)" }
}

extension Record: CustomStringConvertible {
    /// The record on one line.
    public var description: String { text }
}
