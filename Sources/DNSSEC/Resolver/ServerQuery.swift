public import DNSWire

/// One query to one server, without which the resolution cannot continue.
public struct ServerQuery: Hashable, Sendable {
    /// The server's address.
    public let server: IPAddress
    /// The name in the query.
    public let name: Name
    /// The type in the query.
    public let type: RecordType
    /// Whether to send EDNS with DO; false after the server has failed to handle it.
    public let usesEDNS: Bool
    /// The zone for which the server is queried; not part of the identity.
    public let zone: Name

    /// Whether both are the same query to the same server, for whatever zone.
    public static func == (left: ServerQuery, right: ServerQuery) -> Bool {
        left.server == right.server && left.type == right.type && left.usesEDNS == right.usesEDNS
            && left.name == right.name
    }

    /// Combines the properties that `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(server)
        hasher.combine(type)
        hasher.combine(name)
    }

    /// Returns the message to send: RD clear, DO set, a UDP size that avoids fragmentation.
    public func message(id: UInt16) -> Message {
        Message.query(
            name, type, id: id, recursionDesired: false,
            edns: usesEDNS ? EDNS(udpSize: 1232, dnssecOK: true) : nil)
    }
}
