import DNSWire

/// A query that reached the world, parsed once: monitors repeat their queries every few minutes.
final class ReceivedQuery {
    /// Identifies queries whose bytes differ in more than the message ID.
    let number: Int
    let message: Message
    /// Nil unless there is exactly one question of class IN.
    let question: AskedQuestion?
    /// For random choices.
    let hash: UInt64
    /// Replies without data, by their content.
    private var refusals: [Int: ReplyTemplate] = [:]

    init(number: Int, message: Message, question: AskedQuestion?) {
        self.number = number
        self.message = message
        self.question = question
        hash = (question?.hash ?? 0) ^ UInt64(message.flags.rawValue)
    }

    var wantsSignatures: Bool { message.edns?.dnssecOK ?? false }
    var checkingDisabled: Bool { message.flags.contains(.checkingDisabled) }

    /// The largest UDP response in bytes; no server here sends more than 1232.
    var udpLimit: Int { min(1232, max(512, Int(message.edns?.udpSize ?? 512))) }

    /// Returns a reply with only header, question and OPT record.
    func draft(_ code: ResponseCode) -> Message {
        var reply = message
        reply.flags = message.flags.intersection([.recursionDesired, .checkingDisabled]).union(.isResponse)
        reply.responseCode = code
        reply.answers = []
        reply.authorities = []
        reply.additionals = []
        if let edns = message.edns {
            reply.edns = EDNS(udpSize: 1232, dnssecOK: edns.dnssecOK)
        }
        return reply
    }

    /// What a server says that does not know EDNS, and so sends none.
    var formatError: WorldReply? {
        if let known = refusals[-1] { return WorldReply(template: known) }
        var reply = draft(.formErr)
        reply.edns = nil
        guard let bytes = try? reply.encoded() else { return nil }
        let made = ReplyTemplate(bytes)
        refusals[-1] = made
        return WorldReply(template: made)
    }

    /// Returns a reply without data.
    func refusal(_ code: ResponseCode, extendedError: UInt16? = nil, flags: Flags = []) -> WorldReply? {
        let key = Int(code.rawValue) << 32 | Int(extendedError ?? .max) << 16 | Int(flags.rawValue)
        if let known = refusals[key] { return WorldReply(template: known) }
        var reply = draft(code)
        reply.flags.formUnion(flags)
        reply.add(extendedError: extendedError)
        guard let bytes = try? reply.encoded() else { return nil }
        let made = ReplyTemplate(bytes)
        refusals[key] = made
        return WorldReply(template: made)
    }
}

extension Message {
    /// Adds an Extended DNS Error without text (RFC 8914), if the client uses EDNS.
    mutating func add(extendedError code: UInt16?) {
        guard let code, edns != nil else { return }
        edns?.options.append(ExtendedError(code: code).option)
    }
}
