import DNSWire

/// The encoded bytes of a reply; identical replies share one object.
final class ReplyTemplate {
    let bytes: [UInt8]
    /// The offsets of the TTLs that count down.
    let times: [Int]
    /// Retained, so that the identity of the answer is not reused.
    private let answer: AuthorityAnswer?
    /// The parsed bytes and their digest; cached if no TTL counts down.
    var message: Message?
    var summary: (coverage: AnswerSummary.Coverage, value: AnswerSummary)?

    init(_ bytes: [UInt8], times: [Int] = [], answer: AuthorityAnswer? = nil) {
        self.bytes = bytes
        self.times = times
        self.answer = answer
    }
}

/// A cache of encoded replies, so that a repeated query costs only a copy with another ID and other TTLs.
struct ReplyTemplates {
    struct Key: Hashable {
        var answer: ObjectIdentifier
        var query: Int
        /// A number for all other properties on which the bytes depend.
        var variant: Int
    }

    private var templates: [Key: ReplyTemplate] = [:]
    private var queries = 0

    private static let most = 50_000

    mutating func nextQuery() -> Int {
        queries += 1
        return queries
    }

    /// Returns a reply; `ttl` is written to its first `aging` answer records and to all authority records.
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

    /// Finds the TTL fields of an encoded message.
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
