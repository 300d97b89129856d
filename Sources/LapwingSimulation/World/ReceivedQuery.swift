import DNSWire

/// A query that reached the world, taken apart once: monitors ask the same thing every few minutes.
final class ReceivedQuery {
    /// Tells queries apart whose bytes differ in more than the id.
    let number: Int
    let message: Message
    /// Nil when there is not exactly one question of class IN.
    let question: AskedQuestion?
    /// The id of the query at hand.
    var id: (UInt8, UInt8) = (0, 0)

    init(number: Int, message: Message, question: AskedQuestion?) {
        self.number = number
        self.message = message
        self.question = question
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

    /// A reply without data.
    func refusal(_ code: ResponseCode, extendedError: UInt16? = nil, recursive: Bool = false) -> [UInt8]? {
        var reply = draft(code)
        if recursive { reply.flags.insert(.recursionAvailable) }
        reply.add(extendedError: extendedError)
        guard var bytes = try? reply.encoded() else { return nil }
        bytes[0] = id.0
        bytes[1] = id.1
        return bytes
    }
}

extension Message {
    /// Adds an Extended DNS Error without text (RFC 8914), where the asker understands options.
    mutating func add(extendedError code: UInt16?) {
        guard let code, edns != nil else { return }
        edns?.options.append(ExtendedError(code: code).option)
    }
}
