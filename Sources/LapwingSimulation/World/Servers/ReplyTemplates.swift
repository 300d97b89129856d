import DNSWire

/// Bytes of a reply as they were encoded once; whoever gets the same bytes again finds the same object.
final class ReplyTemplate {
    let bytes: [UInt8]
    /// Where the TTLs stand that count down.
    let times: [Int]
    /// Keeps the identity of the answer its own.
    private let answer: AuthorityAnswer?
    /// The bytes taken apart, and their digest; kept where no TTL counts down.
    var message: Message?
    var summary: (coverage: AnswerSummary.Coverage, value: AnswerSummary)?

    init(_ bytes: [UInt8], times: [Int] = [], answer: AuthorityAnswer? = nil) {
        self.bytes = bytes
        self.times = times
        self.answer = answer
    }
}

/// A reply on its way: a template, and the seconds that its records have left.
struct WorldReply {
    let template: ReplyTemplate
    /// Nil where no TTL counts down.
    var ttl: UInt32?

    /// TC.
    var isTruncated: Bool { template.bytes[2] & 0x02 != 0 }

    /// FORMERR or NOTIMP, as servers answer that do not know EDNS (RFC 6891 §7).
    var knowsNoEDNS: Bool { [1, 4].contains(template.bytes[3] & 0x0f) }

    /// The bytes with the id of the query.
    func bytes(id: (UInt8, UInt8)) -> [UInt8] {
        var bytes = template.bytes
        bytes[0] = id.0
        bytes[1] = id.1
        guard let ttl else { return bytes }
        for place in template.times {
            bytes[place] = UInt8(ttl >> 24)
            bytes[place + 1] = UInt8(ttl >> 16 & 0xff)
            bytes[place + 2] = UInt8(ttl >> 8 & 0xff)
            bytes[place + 3] = UInt8(ttl & 0xff)
        }
        return bytes
    }
}

/// Encoded replies, kept so that a question asked again costs a copy: id and TTLs are written over.
struct ReplyTemplates {
    struct Key: Hashable {
        var answer: ObjectIdentifier
        var query: Int
        /// Whatever else the bytes depend on.
        var variant: Int
    }

    private var templates: [Key: ReplyTemplate] = [:]
    private var queries = 0

    private static let most = 50_000

    mutating func nextQuery() -> Int {
        queries += 1
        return queries
    }

    /// A reply; `ttl` is put into its first `aging` answer records and all authority records.
    mutating func reply(
        _ answer: AuthorityAnswer, to query: ReceivedQuery, variant: Int, ttl: Int? = nil,
        make: () -> (message: Message, aging: Int)
    ) -> WorldReply? {
        let left = ttl.map { UInt32(clamping: $0) }
        let key = Key(answer: ObjectIdentifier(answer), query: query.number, variant: variant)
        if let known = templates[key] { return WorldReply(template: known, ttl: left) }
        let (message, aging) = make()
        guard let bytes = try? message.encoded() else { return nil }
        if templates.count >= Self.most { templates.removeAll(keepingCapacity: true) }
        let times = ttl == nil ? [] : Self.times(in: bytes, aging: aging, message: message)
        let template = ReplyTemplate(bytes, times: times, answer: answer)
        templates[key] = template
        return WorldReply(template: template, ttl: left)
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
