import DNSWire

/// The address and port of a peer.
struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    var address: IPAddress
    var port: UInt16

    var description: String { address.isIPv4 ? "\(address):\(port)" : "[\(address)]:\(port)" }
}
