import DNSWire

/// An exchange in progress: the state machine, with the record of what was tried.
///
/// It passes from the engine's thread to the streams and back to the caller, so that all of them add to one record.
struct ExchangeProgress: Sendable {
    let query: QueryWriter
    let server: ServerAddress
    let options: QueryOptions
    private(set) var exchange: Exchange
    private(set) var attempts: [ExchangeRecord.Attempt] = []
    private(set) var startedAt: Monotonic
    private var sentAt: Monotonic
    private var shape: Exchange.Shape?
    private var reply: ExchangeRecord.Reply = .failure(.timeout)
    var ignoredReplies = 0

    init(name: Name, type: RecordType, server: ServerAddress, options: QueryOptions, at now: Monotonic) {
        query = QueryWriter(name: name, type: type, options: options)
        self.server = server
        self.options = options
        exchange = Exchange(Exchange.Plan(server: server, options: options), at: now)
        startedAt = now
        sentAt = now
    }

    /// Restarts the clock, for a question that had to wait for its turn.
    mutating func start(at now: Monotonic) -> Exchange.Step {
        exchange = Exchange(Exchange.Plan(server: server, options: options), at: now)
        startedAt = now
        sentAt = now
        return note(exchange.start(at: now))
    }

    /// Returns the EDNS part of the present attempt.
    func ednsPart(cookie: [UInt8]) -> QueryWriter.Extension? {
        guard let shape, shape.edns else { return nil }
        return QueryWriter.Extension(
            udpSize: shape.udpSize, cookie: carriesCookie ? cookie : [], paddingBlock: isEncrypted ? 128 : 0)
    }

    private var isEncrypted: Bool { server.transport == .tls || server.transport == .https }

    /// Whether the present attempt has a cookie. The last and smallest one does not, since some paths drop unknown
    /// options.
    var carriesCookie: Bool {
        guard let shape, shape.edns, options.cookies, !isEncrypted else { return false }
        return shape.udpSize > Exchange.Plan.smallestSize || options.udpSize <= Exchange.Plan.smallestSize
    }

    /// Returns the query of the present attempt for a stream.
    func streamQuery() -> (bytes: [UInt8], questionEnd: Int) {
        let bytes = query.bytes(ednsPart(cookie: []))
        return (bytes, 12 + query.name.count + 4)
    }

    // MARK: - Events

    mutating func sent(bytes: Int, at now: Monotonic) {
        sentAt = now
        attempts.append(
            ExchangeRecord.Attempt(
                transport: presentTransport, sentAt: (now - startedAt).duration, elapsed: .zero, bytesOut: bytes,
                bytesIn: 0, outcome: .failure(.timeout)))
    }

    /// - Parameter lacksCookie: whether it lacks the cookie that the server is known to send.
    mutating func received(
        _ message: Message, bytes: [UInt8], lacksCookie: Bool = false, at now: Monotonic
    ) -> Exchange.Step {
        reply = .message(message, bytes: bytes)
        var facts = Exchange.ReplyFacts(
            responseCode: message.responseCode.rawValue, isTruncated: message.flags.contains(.truncated))
        facts.lacksCookie = lacksCookie
        settle(
            .reply(message.responseCode, truncated: message.flags.contains(.truncated)), bytesIn: bytes.count, at: now)
        let step = note(exchange.receive(.reply(facts), at: now))
        if lacksCookie, !attempts.isEmpty, case .send = step { attempts[attempts.count - 1].reasonToGoOn = .cookie }
        return step
    }

    mutating func received(unreadable error: WireError, bytes: [UInt8], at now: Monotonic) -> Exchange.Step {
        reply = .failure(.malformed(error))
        let isTruncated = bytes.count > 2 && bytes[2] & 0x02 != 0
        let facts = Exchange.ReplyFacts(responseCode: 0, isTruncated: isTruncated, isMalformed: true)
        settle(.failure(.malformed(error)), bytesIn: bytes.count, at: now)
        return note(exchange.receive(.reply(facts), at: now))
    }

    mutating func failed(_ failure: ExchangeFailure, at now: Monotonic) -> Exchange.Step {
        reply = .failure(failure)
        settle(.failure(failure), bytesIn: 0, at: now)
        return note(
            failure == .timeout ? exchange.receive(.expired, at: now) : exchange.receive(.failed(failure.kind), at: now)
        )
    }

    /// Handles the end of the last step's waiting time.
    mutating func expired(at now: Monotonic) -> Exchange.Step {
        if exchange.isPausing { return note(exchange.receive(.expired, at: now)) }
        return failed(.timeout, at: now)
    }

    /// Returns the complete record.
    func record(startedAt wallClock: Int64, question: Question, at now: Monotonic) -> ExchangeRecord {
        var record = ExchangeRecord(
            server: server, question: question, startedAt: wallClock, attempts: attempts,
            ignoredReplies: ignoredReplies, reply: reply, elapsed: (now - startedAt).duration)
        record.sent = SentForm(edns: ednsPart(cookie: []))
        return record
    }

    // MARK: - Keeping the account

    private var presentTransport: ServerAddress.Transport {
        guard shape?.isStream == true else { return .udp }
        return server.transport == .udp ? .tcp : server.transport
    }

    private mutating func settle(_ outcome: ExchangeRecord.Outcome, bytesIn: Int, at now: Monotonic) {
        guard !attempts.isEmpty else { return }
        attempts[attempts.count - 1].outcome = outcome
        attempts[attempts.count - 1].elapsed = (now - sentAt).duration
        attempts[attempts.count - 1].bytesIn = bytesIn
    }

    /// Stores the shape of the next attempt, and the reason for it in the last one.
    private mutating func note(_ step: Exchange.Step) -> Exchange.Step {
        let before = shape
        if case .send(let next, _) = step { shape = next }
        guard !attempts.isEmpty,
            let reason = Self.reason(step, from: before, outcome: attempts[attempts.count - 1].outcome)
        else { return step }
        attempts[attempts.count - 1].reasonToGoOn = reason
        return step
    }

    private static func reason(
        _ step: Exchange.Step, from before: Exchange.Shape?, outcome: ExchangeRecord.Outcome
    ) -> ExchangeRecord.Reason? {
        switch (step, outcome) {
        case (.conclude, _): nil
        case (.pause, _): .failed
        case (.resend, _): .lost
        case (.send, .reply(_, truncated: true)): .truncated
        case (.send, .reply(.badCookie, _)): .cookie
        case (.send, .reply): .withoutEDNS
        case (.send(let next, _), .failure(.timeout)): next.udpSize < before?.udpSize ?? 0 ? .smaller : .lost
        case (.send(let next, _), .failure): next.isStream != before?.isStream ? .truncated : .failed
        }
    }
}

extension Exchange.Plan {
    /// Makes the plan for a question's options and a server's transport.
    init(server: ServerAddress, options: QueryOptions) {
        self.init(options: options, isDatagram: server.transport == .udp && options.transport != .tcp)
    }

    /// Makes the plan for a question's options.
    init(options: QueryOptions, isDatagram: Bool = true) {
        self.init(
            timeout: Monotonic(max(options.timeout, .milliseconds(1))),
            attempts: UInt8(clamping: options.attempts), startsWithStream: !isDatagram,
            allowsStream: options.transport != .udp, edns: options.edns,
            udpSize: min(max(options.udpSize, Self.smallestSize), UInt16(DatagramEngine.largestReply)))
    }
}
