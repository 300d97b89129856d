public import DNSWire

/// A name server with its addresses.
public struct NameServer: Hashable, Sendable {
    /// The server's name.
    public var name: Name
    /// Its known addresses.
    public var addresses: [IPAddress]

    /// Makes a name server.
    public init(name: Name, addresses: [IPAddress]) {
        self.name = name
        self.addresses = addresses
    }
}
