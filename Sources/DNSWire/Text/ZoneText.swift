/// A reader of zone files (RFC 1035 section 5): `$ORIGIN`, `$TTL`, comments, parentheses, owners and times left out.
///
/// It reads one record at a time and holds nothing but its place, so that a zone of any size streams. `$INCLUDE` is
/// refused: the reader opens no files.
public struct ZoneText: Sendable {
    /// What to assume where the text does not say it.
    public struct Defaults: Hashable, Sendable {
        /// Completes relative names until a `$ORIGIN`.
        public var origin: Name
        /// The time to live in seconds of records before any is known; nil to refuse such records.
        public var ttl: UInt32?
        /// The class of records that name none.
        public var recordClass: RecordClass

        /// What to assume.
        public init(origin: Name = .root, ttl: UInt32? = nil, recordClass: RecordClass = .in) {
            self.origin = origin
            self.ttl = ttl
            self.recordClass = recordClass
        }
    }

    /// A record and the line where it begins.
    public struct Line: Hashable, Sendable {
        /// The record.
        public var record: Record
        /// The line, from 1.
        public var line: Int
    }

    private let text: [UInt8]
    private var scanner = TextScanner()
    private var origin: Name
    private var owner: Name?
    private var directiveTTL: UInt32?
    private var lastTTL: UInt32?
    private var recordClass: RecordClass

    /// A reader at the start of the text.
    public init(_ text: [UInt8], defaults: Defaults = Defaults()) {
        self.text = text
        origin = defaults.origin
        lastTTL = defaults.ttl
        recordClass = defaults.recordClass
    }

    /// A reader at the start of the text.
    public init(_ text: String, defaults: Defaults = Defaults()) { self.init(Array(text.utf8), defaults: defaults) }

    /// All records of a text.
    ///
    /// - Throws: `ZoneTextError` for the first entry that cannot be read.
    public static func records(_ text: String, defaults: Defaults = Defaults()) throws(ZoneTextError) -> [Record] {
        var reader = ZoneText(text, defaults: defaults)
        var records: [Record] = []
        while let line = try reader.next() { records.append(line.record) }
        return records
    }

    /// The next record; nil at the end.
    ///
    /// After an error the reader goes on with the entry after it.
    ///
    /// - Throws: `ZoneTextError` for an entry that cannot be read.
    public mutating func next() throws(ZoneTextError) -> Line? {
        while let entry = try scanner.next(in: text) {
            guard let first = entry.tokens.first else { continue }
            if !entry.startsWithBlank, !first.isQuoted, first.bytes.first == UInt8(ascii: "$") {
                try directive(entry)
                continue
            }
            return Line(record: try record(entry), line: first.line)
        }
        return nil
    }

    private mutating func directive(_ entry: TextEntry) throws(ZoneTextError) {
        var tokens = TokenReader(entry, origin: origin)
        let word = try tokens.next("a directive")
        switch word.string.uppercased() {
        case "$ORIGIN": origin = try tokens.name("the origin")
        case "$TTL":
            let token = try tokens.next("the time to live")
            guard let ttl = TimeToLive.seconds(token.bytes) else { throw token.error("not a time to live") }
            directiveTTL = ttl
        case "$INCLUDE": throw word.error("$INCLUDE is not followed")
        default: throw word.error("\(word.string) is not known")
        }
        if let extra = tokens.peek { throw extra.error("text left over after the directive") }
    }

    private mutating func record(_ entry: TextEntry) throws(ZoneTextError) -> Record {
        var tokens = TokenReader(entry, origin: origin)
        if !entry.startsWithBlank { owner = try tokens.name("the owner") }
        guard let owner else { throw tokens.error("there is no owner to take over from the line before") }
        var ttl: UInt32?
        var namedClass: RecordClass?
        while let token = tokens.peek, !token.isQuoted {
            if ttl == nil, let seconds = TimeToLive.seconds(token.bytes) {
                ttl = seconds
            } else if namedClass == nil, let named = RecordClass(token.string), RecordType(token.string) == nil {
                namedClass = named
            } else {
                break
            }
            _ = try tokens.next("a type")
        }
        let typeToken = try tokens.next("the type")
        guard !typeToken.isQuoted, let type = RecordType(typeToken.string) else {
            throw typeToken.error("\(typeToken.string) is not a record type")
        }
        if let namedClass { recordClass = namedClass }
        let data = try RecordData(type: type, recordClass: recordClass, tokens: &tokens)
        // RFC 2308 section 4: $TTL, else the last explicit time; a first SOA lends its minimum, as servers do.
        let minimum = type == .soa ? SOA(data)?.minimum : nil
        guard let time = ttl ?? directiveTTL ?? lastTTL ?? minimum else {
            throw typeToken.error("there is no time to live: neither here nor before nor by $TTL")
        }
        lastTTL = time
        return Record(name: owner, recordClass: recordClass, ttl: time, data: data)
    }
}
