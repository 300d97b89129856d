public import DNSWire

/// What happened between one question and its answer, or the lack of one.
public struct ExchangeRecord: Sendable {
    /// One datagram or stream that carried the question.
    public struct Attempt: Sendable, Hashable {
        /// How it travelled.
        public var transport: ServerAddress.Transport
        /// When it was sent, counted from the start of the exchange.
        public var sentAt: Duration
        /// The time until its outcome.
        public var elapsed: Duration
        /// The size of the question, in bytes.
        public var bytesOut: Int
        /// The size of the reply, in bytes; 0 without one.
        public var bytesIn: Int
        /// What came of it.
        public var outcome: Outcome
        /// Why there was another attempt after this one; nothing when it was the last.
        public var reasonToGoOn: Reason?
    }

    /// What came of an attempt.
    public enum Outcome: Sendable, Hashable {
        /// A reply with this response code.
        case reply(ResponseCode, truncated: Bool)
        /// No reply, or none that can be used.
        case failure(ExchangeFailure)
    }

    /// Why the question was put again.
    public enum Reason: String, Sendable, Hashable {
        /// Nothing came: once more.
        case lost
        /// Nothing came: once more, for a smaller answer.
        case smaller
        /// The answer was truncated: by TCP.
        case truncated
        /// The server does not know EDNS: without it.
        case withoutEDNS = "without-edns"
        /// The server wants its cookie, or did not send the one it always sends.
        case cookie
        /// The reply could not be read, or the connection failed.
        case failed
    }

    /// The server that was asked.
    public var server: ServerAddress
    /// What it was asked.
    public var question: Question
    /// When the exchange began, in nanoseconds since 1970 UTC.
    public var startedAt: Int64
    /// What was tried, in order.
    public var attempts: [Attempt] = []
    /// Replies that were dropped, because their id or question was not that of the query.
    public var ignoredReplies = 0
    /// The answer, or why there is none.
    public var reply: Reply
    /// The time from the first datagram to the end.
    public var elapsed: Duration
    /// How the last attempt over a stream put the question.
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
    /// The answer, when there is one.
    public var message: Message? {
        if case .message(let message, _) = reply { message } else { nil }
    }

    /// Why there is no answer.
    public var failure: ExchangeFailure? {
        if case .failure(let failure) = reply { failure } else { nil }
    }

    /// The time from the last question to its answer; nothing without an answer.
    public var roundTrip: Duration? {
        message == nil ? nil : attempts.last?.elapsed
    }
}
