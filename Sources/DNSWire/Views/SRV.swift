/// Where a service is (RFC 2782).
public struct SRV: Hashable, Sendable {
    /// The priority; the server with the lowest one is tried first.
    public var priority: UInt16
    /// The share among equal priorities.
    public var weight: UInt16
    /// The port of the service.
    public var port: UInt16
    /// The server; the root says that there is none.
    public var target: Name

    /// The data of its parts.
    public init(priority: UInt16, weight: UInt16, port: UInt16, target: Name) {
        self.priority = priority
        self.weight = weight
        self.port = port
        self.target = target
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.srv) { bytes, reader throws(WireError) in
            SRV(
                priority: try reader.uint16(bytes),
                weight: try reader.uint16(bytes),
                port: try reader.uint16(bytes),
                target: try reader.name(from: bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .srv) { writer in
            writer.uint16(priority)
            writer.uint16(weight)
            writer.uint16(port)
            writer.name(target)
        }
    }
}
