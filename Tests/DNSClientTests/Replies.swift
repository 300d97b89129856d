import DNSWire

/// Replies to a query, good and bad ones.
extension ScriptedServer.Query {
    var message: Message {
        get throws { try Message(decoding: bytes) }
    }

    var hasEDNS: Bool { (try? message.edns) ?? nil != nil }

    /// What the script does when the server does not know EDNS.
    var formatError: [ScriptedServer.Action] { [.send(framed(reply(responseCode: .formErr, edns: false)))] }

    /// A sound reply with one address.
    func reply(
        _ address: String = "192.0.2.1", responseCode: ResponseCode = .noError, truncated: Bool = false,
        edns: Bool = true, change: (inout Message) -> Void = { _ in }
    ) -> [UInt8] {
        guard let query = try? message, let data = try? RecordData(type: .a, text: address) else { return [] }
        var reply = Message(
            id: query.id, flags: [.isResponse, .recursionAvailable], responseCode: responseCode,
            questions: query.questions, edns: edns && query.edns != nil ? EDNS() : nil)
        if truncated { reply.flags.insert(.truncated) }
        if responseCode == .noError, !truncated, let question = query.questions.first {
            reply.answers = [Record(name: question.name, ttl: 300, data: data)]
        }
        change(&reply)
        return (try? reply.encoded()) ?? []
    }

    /// The same with its length before it, if the query came by a stream.
    func framed(_ bytes: [UInt8]) -> [UInt8] {
        isStream ? [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes : bytes
    }

    /// What the script does when nothing special is wanted.
    var usual: [ScriptedServer.Action] { [.send(framed(reply()))] }
}
