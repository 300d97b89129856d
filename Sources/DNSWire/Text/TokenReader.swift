/// The words of one entry, read one after the other.
struct TokenReader: Sendable {
    private let entry: TextEntry
    private var index: Int
    /// Completes relative names.
    let origin: Name

    init(_ entry: TextEntry, from index: Int = 0, origin: Name) {
        self.entry = entry
        self.index = index
        self.origin = origin
    }

    var isAtEnd: Bool { index >= entry.tokens.count }

    /// The next word, left where it is.
    var peek: TextToken? { isAtEnd ? nil : entry.tokens[index] }

    /// The place of the next word, or of the end.
    func error(_ text: String) -> ZoneTextError {
        peek?.error(text) ?? ZoneTextError(line: entry.endLine, column: entry.endColumn, text: text)
    }

    mutating func next(_ what: String) throws(ZoneTextError) -> TextToken {
        guard let token = peek else { throw error("\(what) is missing") }
        index += 1
        return token
    }

    /// All words that are left.
    mutating func rest() -> ArraySlice<TextToken> {
        defer { index = entry.tokens.count }
        return entry.tokens[min(index, entry.tokens.count)...]
    }

    /// A decimal number up to a limit.
    mutating func number(_ what: String, limit: UInt64) throws(ZoneTextError) -> UInt64 {
        let token = try next(what)
        guard !token.isQuoted, !token.bytes.isEmpty, token.bytes.allSatisfy(Escape.isDigit),
            let value = UInt64(token.string), value <= limit
        else { throw token.error("\(what) must be a number from 0 to \(limit)") }
        return value
    }

    mutating func name(_ what: String) throws(ZoneTextError) -> Name {
        let token = try next(what)
        guard !token.isQuoted else { throw token.error("\(what) stands in quotes") }
        if token.bytes == [UInt8(ascii: "@")] { return origin }
        do throws(WireError) {
            return try Name(text: token.bytes, origin: origin)
        } catch {
            throw token.error("\(what): \(error.code.text)")
        }
    }

    /// A character-string, in quotes or not, with its escapes resolved.
    mutating func string(_ what: String, limit: Int = 255) throws(ZoneTextError) -> [UInt8] {
        let token = try next(what)
        guard let bytes = Escape.unescaped(token.bytes) else { throw token.error("\(what): a wrong escape") }
        guard bytes.count <= limit else { throw token.error("\(what) is longer than \(limit) bytes") }
        return bytes
    }

    /// The words that are left, put together.
    mutating func concatenated() throws(ZoneTextError) -> [UInt8] {
        var bytes: [UInt8] = []
        for token in rest() {
            guard !token.isQuoted else { throw token.error("a quote where none may stand") }
            bytes += token.bytes
        }
        return bytes
    }
}
