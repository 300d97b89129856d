import DNSWire

/// A query that reached the world, taken apart once: monitors ask the same thing every few minutes.
final class ReceivedQuery {
    /// Tells queries apart whose bytes differ in more than the id.
    let number: Int
    let message: Message
    /// Nil when there is not exactly one question of class IN.
    let question: AskedQuestion?
    /// For choices by chance.
    let hash: UInt64
    /// Replies without data, by what they say.
    private var refusals: [Int: ReplyTemplate] = [:]

    init(number: Int, message: Message, question: AskedQuestion?) {
        self.number = number
        self.message = message
        self.question = question
        hash = (question?.hash ?? 0) ^ UInt64(message.flags.rawValue)
    }

    var wantsSignatures: Bool { message.edns?.dnssecOK ?? false }
    var checkingDisabled: Bool { message.flags.contains(.checkingDisabled) }

    /// Bytes that a UDP answer may have; no server here sends more than 1232.
    var udpLimit: Int { min(1232, max(512, Int(message.edns?.udpSize ?? 512))) }

    /// The beginning of a reply: header, question and OPT.
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

    /// A reply without data.
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
    /// Adds an Extended DNS Error without text (RFC 8914), where the asker understands options.
    mutating func add(extendedError code: UInt16?) {
        guard let code, edns != nil else { return }
        edns?.options.append(ExtendedError(code: code).option)
    }
}
