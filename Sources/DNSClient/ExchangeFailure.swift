public import DNSWire

/// The reason for a missing answer.
public enum ExchangeFailure: Error, Hashable, Sendable {
    /// No reply until the deadline.
    case timeout
    /// The port is closed: "port unreachable" for a datagram, "connection refused" for a stream.
    case refusedConnection
    /// This machine has no route to the server, such as for IPv6 without an IPv6 address.
    case unreachable(String)
    /// The server's reply could not be parsed.
    case malformed(WireError)
    /// The server closed the stream without an answer.
    case closed
    /// The TLS handshake failed, or the server could not be authenticated.
    case tls(String)
    /// The HTTP exchange failed: a status other than 200, or a body that is not a DNS message.
    case http(String)
    /// The server's address cannot be used in this way.
    case unusableAddress(String)
    /// The caller cancelled the question.
    case cancelled
    /// An error of this machine, in the system's words.
    case local(String)

    /// A stable identifier for programs.
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
    /// A phrase for users.
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
    /// The failure for the state machine.
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
