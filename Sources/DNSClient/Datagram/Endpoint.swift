import DNSWire

/// An address and port that datagrams or streams go to.
struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    var address: IPAddress
    var port: UInt16

    var description: String { address.isIPv4 ? "\(address):\(port)" : "[\(address)]:\(port)" }
}
