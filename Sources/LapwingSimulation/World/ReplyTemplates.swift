import DNSWire

/// Encoded replies, kept so that a question asked again costs a copy: id and TTLs are written over.
struct ReplyTemplates {
    struct Key: Hashable {
        var answer: ObjectIdentifier
        var query: Int
        /// Whatever else the bytes depend on.
        var variant: Int
    }

    private struct Template {
        var bytes: [UInt8]
        /// Where the TTLs stand that count down.
        var times: [Int]
        /// Keeps the identity of the answer its own.
        var answer: AuthorityAnswer
    }

    private var templates: [Key: Template] = [:]
    private var queries = 0

    private static let most = 50_000

    mutating func nextQuery() -> Int {
        queries += 1
        return queries
    }

    /// The bytes of a reply; `ttl` is put into its first `aging` answer records and all authority records.
    mutating func bytes(
        _ answer: AuthorityAnswer, to query: ReceivedQuery, variant: Int, ttl: Int? = nil,
        make: () -> (message: Message, aging: Int)
    ) -> [UInt8]? {
        let key = Key(answer: ObjectIdentifier(answer), query: query.number, variant: variant)
        if templates[key] == nil {
            let (message, aging) = make()
            guard let bytes = try? message.encoded() else { return nil }
            if templates.count >= Self.most { templates.removeAll(keepingCapacity: true) }
            let times = ttl == nil ? [] : Self.times(in: bytes, aging: aging, message: message)
            templates[key] = Template(bytes: bytes, times: times, answer: answer)
        }
        guard let template = templates[key] else { return nil }
        var bytes = template.bytes
        bytes[0] = query.id.0
        bytes[1] = query.id.1
        if let ttl {
            let value = UInt32(clamping: ttl)
            for place in template.times {
                bytes[place] = UInt8(value >> 24)
                bytes[place + 1] = UInt8(value >> 16 & 0xff)
                bytes[place + 2] = UInt8(value >> 8 & 0xff)
                bytes[place + 3] = UInt8(value & 0xff)
            }
        }
        return bytes
    }

    /// Finds the TTL fields of a message that was just encoded.
    private static func times(in bytes: [UInt8], aging: Int, message: Message) -> [Int] {
        var places: [Int] = []
        var at = 12
        for _ in message.questions { at = skipName(bytes, at) + 4 }
        for index in 0..<(message.answers.count + message.authorities.count) {
            at = skipName(bytes, at)
            guard at + 10 <= bytes.count else { return places }
            if index < aging || index >= message.answers.count { places.append(at + 4) }
            at += 10 + Int(bytes[at + 8]) << 8 + Int(bytes[at + 9])
        }
        return places
    }

    private static func skipName(_ bytes: [UInt8], _ start: Int) -> Int {
        var at = start
        while at < bytes.count {
            let length = Int(bytes[at])
            if length == 0 { return at + 1 }
            if length >= 0xc0 { return at + 2 }
            at += length + 1
        }
        return at
    }
}
