package import DNSWire

/// The server that is asked, and its role.
package enum Source: Hashable, Sendable, Codable {
    /// A server of the parent zone.
    case parent(IPAddress)
    /// A server that is, or was, authoritative for the domain: the host's name and one of its addresses.
    case authority(host: Name, address: IPAddress)
    /// A recursive resolver, by its configured label.
    case resolver(String)
}
