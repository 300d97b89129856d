/// The address of a name: an A or AAAA record.
public struct Address: Hashable, Sendable {
    /// The address.
    public var address: IPAddress

    /// The record data of an address.
    public init(address: IPAddress) { self.address = address }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        guard data.type == .a || data.type == .aaaa, data.recordClass == .in,
            let address = IPAddress(bytes: data.bytes)
        else { return nil }
        self.address = address
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(validated: address.bytes, type: address.isIPv4 ? .a : .aaaa, recordClass: .in)
    }
}
