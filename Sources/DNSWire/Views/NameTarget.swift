/// A record that is but a name: NS, CNAME, PTR or DNAME.
public struct NameTarget: Hashable, Sendable {
    /// The type of the record: NS, CNAME, PTR or DNAME.
    public var type: RecordType
    /// The name.
    public var target: Name

    /// The data of its parts.
    public init(type: RecordType, target: Name) {
        self.type = type
        self.target = target
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.ns, .cname, .ptr, .dname) { bytes, reader throws(WireError) in
            NameTarget(
                type: data.type,
                target: try reader.name(from: bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: type) { writer in
            writer.name(target)
        }
    }
}
