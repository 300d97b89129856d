package import DNSWire

/// The parent zone of the domain and the addresses of its servers.
package struct ParentZone: Sendable, Hashable {
    /// The apex of the zone.
    package var name: Name
    /// The addresses in the order in which they are to be asked.
    package var servers: [IPAddress]

    package init(name: Name, servers: [IPAddress]) {
        self.name = name
        self.servers = servers
    }
}
