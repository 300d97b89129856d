/// What comes next in a signed zone, and what there is here (RFC 4034 section 4).
public struct NSEC: Hashable, Sendable {
    /// The next name of the zone.
    public var next: Name
    /// The types that exist at the name, in order.
    public var types: [RecordType]

    /// The data of its parts.
    public init(next: Name, types: [RecordType]) {
        self.next = next
        self.types = types
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.nsec) { bytes, reader throws(WireError) in
            NSEC(
                next: try reader.name(from: bytes),
                types: TypeBitmap.types(try reader.rest(bytes)[...]))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .nsec) { writer in
            writer.name(next)
            writer.append(TypeBitmap.encode(types))
        }
    }
}
