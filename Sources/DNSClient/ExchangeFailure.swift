public import DNSWire

/// Why no answer came.
public enum ExchangeFailure: Error, Hashable, Sendable {
    /// Silence until the deadline.
    case timeout
    /// Nothing listens there: "port unreachable" for a datagram, "connection refused" for a stream.
    case refusedConnection
    /// This machine has no way there, such as IPv6 without an IPv6 address.
    case unreachable(String)
    /// The server's reply could not be read.
    case malformed(WireError)
    /// The server closed the stream without an answer.
    case closed
    /// TLS could not be set up, or the server is not who it should be.
    case tls(String)
    /// The HTTP exchange went wrong: a status other than 200, or not a DNS message.
    case http(String)
    /// The server's address cannot be used in this way.
    case unusableAddress(String)
    /// The asker gave up.
    case cancelled
    /// Something on this machine, in the system's words.
    case local(String)

    /// A stable word for programs.
    public var code: String {
        switch self {
        case .timeout: "timeout"
        case .refusedConnection: "connection-refused"
        case .unreachable: "unreachable"
        case .malformed: "malformed"
        case .closed: "closed"
        case .tls: "tls"
        case .http: "http"
        case .unusableAddress: "address"
        case .cancelled: "cancelled"
        case .local: "local"
        }
    }
}

extension ExchangeFailure: CustomStringConvertible {
    /// One sentence part for a person.
    public var description: String {
        switch self {
        case .timeout: "no answer in time"
        case .refusedConnection: "nothing listens there (connection refused)"
        case .unreachable(let text): "not reachable from this machine: \(text)"
        case .malformed(let error): "unreadable answer: \(error)"
        case .closed: "the server closed the connection without an answer"
        case .tls(let text): "TLS failed: \(text)"
        case .http(let text): "HTTP failed: \(text)"
        case .unusableAddress(let text): "unusable server address: \(text)"
        case .cancelled: "cancelled"
        case .local(let text): "failed on this machine: \(text)"
        }
    }
}

extension ExchangeFailure {
    /// What the state machine makes of it.
    var kind: Exchange.Failure {
        switch self {
        case .timeout: .timeout
        case .refusedConnection: .refused
        case .unreachable: .unreachable
        case .malformed: .malformed
        case .closed: .closed
        case .tls, .http, .unusableAddress, .cancelled, .local: .other
        }
    }
}
