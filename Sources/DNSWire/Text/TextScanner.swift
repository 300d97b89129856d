/// Cuts zone text into entries and words (RFC 1035 section 5.1): parentheses join lines and may nest, a semicolon begins a comment.
struct TextScanner: Sendable {
    /// The longest word that is read, in bytes: more than any record data can need.
    static let maximumToken = 262_144

    private var position = 0
    private var line = 1
    private var lineStart = 0
    /// How many parentheses are open, and where the first of them is.
    private var depth = 0
    private var outermost = (line: 1, column: 1)

    private var column: Int { position - lineStart + 1 }

    private func error(_ text: String) -> ZoneTextError { ZoneTextError(line: line, column: column, text: text) }

    /// The next entry that has a word; nil at the end.
    ///
    /// After an error the scanner is at the next line.
    mutating func next(in text: [UInt8]) throws(ZoneTextError) -> TextEntry? {
        do throws(ZoneTextError) {
            return try entry(in: text)
        } catch {
            while position < text.count, text[position] != UInt8(ascii: "\n") { position += 1 }
            if position < text.count { newLine() }
            depth = 0
            throw error
        }
    }

    private mutating func entry(in text: [UInt8]) throws(ZoneTextError) -> TextEntry? {
        var entry = TextEntry()
        var isLineStart = true
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "\n"):
                if depth == 0, !entry.tokens.isEmpty {
                    finish(&entry)
                    newLine()
                    return entry
                }
                newLine()
                if depth == 0 { entry.startsWithBlank = false }
                isLineStart = depth == 0
                continue
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                if isLineStart, byte != UInt8(ascii: "\r") { entry.startsWithBlank = true }
                position += 1
            case UInt8(ascii: ";"):
                while position < text.count, text[position] != UInt8(ascii: "\n") { position += 1 }
            case UInt8(ascii: "("):
                if depth == 0 { outermost = (line, column) }
                depth += 1
                position += 1
            case UInt8(ascii: ")"):
                guard depth > 0 else { throw error("a closing parenthesis without an opening one") }
                depth -= 1
                position += 1
            case UInt8(ascii: "\""): entry.tokens.append(try quoted(text))
            default: entry.tokens.append(try word(text))
            }
            isLineStart = false
        }
        guard depth == 0 else {
            throw ZoneTextError(line: outermost.line, column: outermost.column, text: "the parenthesis is never closed")
        }
        finish(&entry)
        return entry.tokens.isEmpty ? nil : entry
    }

    private func finish(_ entry: inout TextEntry) {
        entry.endLine = line
        entry.endColumn = column
    }

    private mutating func newLine() {
        position += 1
        line += 1
        lineStart = position
    }

    private mutating func quoted(_ text: [UInt8]) throws(ZoneTextError) -> TextToken {
        var token = TextToken(bytes: [], isQuoted: true, line: line, column: column)
        token.continuesWord = position > 0 && !Self.endsWord(text[position - 1])
        position += 1
        while true {
            guard position < text.count, text[position] != UInt8(ascii: "\n") else {
                throw token.error("the quote is never closed")
            }
            if text[position] == UInt8(ascii: "\"") {
                position += 1
                return token
            }
            try take(text, to: &token)
        }
    }

    private mutating func word(_ text: [UInt8]) throws(ZoneTextError) -> TextToken {
        var token = TextToken(bytes: [], isQuoted: false, line: line, column: column)
        while position < text.count, !Self.endsWord(text[position]) { try take(text, to: &token) }
        return token
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: ";"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""):
            true
        default: false
        }
    }

    /// Takes one byte, or a backslash and the byte after it.
    private mutating func take(_ text: [UInt8], to token: inout TextToken) throws(ZoneTextError) {
        guard token.bytes.count < Self.maximumToken else { throw token.error("the word is too long") }
        if text[position] == UInt8(ascii: "\\") {
            guard position + 1 < text.count, text[position + 1] != UInt8(ascii: "\n") else {
                throw error("a backslash with nothing after it")
            }
            token.bytes.append(text[position])
            position += 1
        }
        token.bytes.append(text[position])
        position += 1
    }
}
