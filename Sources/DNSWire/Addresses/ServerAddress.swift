/// Where a server is and how to speak to it.
public struct ServerAddress: Hashable, Sendable {
    /// How messages travel.
    public enum Transport: String, Hashable, Sendable, Codable, CaseIterable {
        /// Datagrams, and a TCP connection for an answer that does not fit.
        case udp
        /// A TCP connection (RFC 7766).
        case tcp
        /// TLS over TCP (RFC 7858).
        case tls
        /// HTTP/2 over TLS (RFC 8484).
        case https
    }

    /// How messages travel.
    public var transport: Transport
    /// The server's address; nil with HTTPS if only its name is known.
    public var address: IPAddress?
    /// The server's port.
    public var port: UInt16
    /// The name that the server's certificate must carry; with HTTPS the host of the address; nil for none, as with UDP
    /// and TCP.
    public var serverName: String?
    /// With HTTPS the path, from its slash on; nil with any other transport.
    public var path: String?

    /// A server at an address; without a port, the usual one of the transport.
    public init(
        transport: Transport = .udp, address: IPAddress?, port: UInt16? = nil, serverName: String? = nil,
        path: String? = nil
    ) {
        self.transport = transport
        self.address = address
        self.port = port ?? transport.defaultPort
        self.serverName = serverName
        self.path = path
    }

    /// A server at an address, by UDP and port 53.
    public init(_ address: IPAddress) { self.init(address: address) }
}

extension ServerAddress.Transport {
    /// The port where a server of this kind usually listens.
    public var defaultPort: UInt16 {
        switch self {
        case .udp, .tcp: 53
        case .tls: 853
        case .https: 443
        }
    }
}
