public import DNSWire

/// The outcome of a query.
public enum ServerReply: Hashable, Sendable {
    /// The answer; over TCP if the first one was truncated.
    case message(Message)
    /// There was no answer in time.
    case timeout
    /// The server was unreachable, or its reply was unusable; with a text for the trace.
    case failure(String)
}
