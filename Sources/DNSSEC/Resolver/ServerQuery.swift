public import DNSWire

/// One question to one server, which the walk cannot go on without.
public struct ServerQuery: Hashable, Sendable {
    /// The server's address.
    public let server: IPAddress
    /// The name asked for.
    public let name: Name
    /// The type asked for.
    public let type: RecordType
    /// Whether to send EDNS with DO; not after the server has choked on it.
    public let usesEDNS: Bool
    /// The zone that the server is asked as a server of; not part of the identity.
    public let zone: Name

    /// The same question to the same server, whichever zone it is asked for.
    public static func == (left: ServerQuery, right: ServerQuery) -> Bool {
        left.server == right.server && left.type == right.type && left.usesEDNS == right.usesEDNS
            && left.name == right.name
    }

    /// What equality looks at.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(server)
        hasher.combine(type)
        hasher.combine(name)
    }

    /// The message to send: no recursion desired, DO set, room for an unfragmented datagram.
    public func message(id: UInt16) -> Message {
        Message.query(
            name, type, id: id, recursionDesired: false,
            edns: usesEDNS ? EDNS(udpSize: 1232, dnssecOK: true) : nil)
    }
}

/// What became of a query.
public enum ServerReply: Hashable, Sendable {
    /// The answer; over TCP if the first was truncated.
    case message(Message)
    /// There was no answer in time.
    case timeout
    /// The server could not be reached, or what it sent is no answer; with words for the trace.
    case failure(String)
}
