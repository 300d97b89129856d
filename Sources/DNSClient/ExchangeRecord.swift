public import DNSWire

/// The events between a question and its answer or failure.
public struct ExchangeRecord: Sendable {
    /// One datagram or stream with the question.
    public struct Attempt: Sendable, Hashable {
        /// The transport.
        public var transport: ServerAddress.Transport
        /// The time of sending, from the start of the exchange.
        public var sentAt: Duration
        /// The time until its outcome.
        public var elapsed: Duration
        /// The size of the question, in bytes.
        public var bytesOut: Int
        /// The size of the reply, in bytes; 0 without one.
        public var bytesIn: Int
        /// The outcome.
        public var outcome: Outcome
        /// The reason for another attempt after this one; nil for the last one.
        public var reasonToGoOn: Reason?
    }

    /// The outcome of an attempt.
    public enum Outcome: Sendable, Hashable {
        /// A reply with this response code.
        case reply(ResponseCode, truncated: Bool)
        /// No reply, or none that is usable.
        case failure(ExchangeFailure)
    }

    /// The reason why the question was sent again.
    public enum Reason: String, Sendable, Hashable {
        /// No reply: a retry.
        case lost
        /// No reply: a retry with a smaller response size.
        case smaller
        /// The answer was truncated: over TCP.
        case truncated
        /// The server does not support EDNS: without it.
        case withoutEDNS = "without-edns"
        /// The server requires its cookie, or did not send the one that it usually sends.
        case cookie
        /// The reply could not be parsed, or the connection failed.
        case failed
    }

    /// The server.
    public var server: ServerAddress
    /// The question.
    public var question: Question
    /// When the exchange began, in nanoseconds since 1970 UTC.
    public var startedAt: Int64
    /// The attempts in order.
    public var attempts: [Attempt] = []
    /// The number of replies that were dropped because of another ID or question.
    public var ignoredReplies = 0
    /// The answer, or the reason why there is none.
    public var reply: Reply
    /// The time from the first datagram to the end.
    public var elapsed: Duration
    /// The form of the last attempt over a stream.
    var sent = SentForm()

    /// How the exchange ended.
    public enum Reply: Sendable {
        /// A readable answer, with its bytes.
        case message(Message, bytes: [UInt8])
        /// No answer.
        case failure(ExchangeFailure)
    }
}

extension ExchangeRecord {
    /// The answer; nil if there is none.
    public var message: Message? {
        if case .message(let message, _) = reply { message } else { nil }
    }

    /// The failure; nil if there is an answer.
    public var failure: ExchangeFailure? {
        if case .failure(let failure) = reply { failure } else { nil }
    }

    /// The time from the last attempt to its answer; nil without an answer.
    public var roundTrip: Duration? {
        message == nil ? nil : attempts.last?.elapsed
    }
}
