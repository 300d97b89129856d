/// A server that takes mail (RFC 1035 section 3.3.9).
public struct MX: Hashable, Sendable {
    /// The preference; the server with the lowest one is tried first.
    public var preference: UInt16
    /// The server; the root says that no mail is taken (RFC 7505).
    public var exchange: Name

    /// The data of its parts.
    public init(preference: UInt16, exchange: Name) {
        self.preference = preference
        self.exchange = exchange
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.mx) { bytes, reader throws(WireError) in
            MX(
                preference: try reader.uint16(bytes),
                exchange: try reader.name(from: bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .mx) { writer in
            writer.uint16(preference)
            writer.name(exchange)
        }
    }
}
