/// Cuts zone text into entries and words (RFC 1035 section 5.1): parentheses join lines, a semicolon begins a comment.
struct TextScanner: Sendable {
    /// The longest word that is read, in bytes: more than any record data can need.
    static let maximumToken = 262_144

    private var position = 0
    private var line = 1
    private var lineStart = 0
    private var openParenthesis: (line: Int, column: Int)?

    private var column: Int { position - lineStart + 1 }

    private func error(_ text: String) -> ZoneTextError { ZoneTextError(line: line, column: column, text: text) }

    /// The next entry that has a word; nothing at the end.
    mutating func next(in text: [UInt8]) throws(ZoneTextError) -> TextEntry? {
        var entry = TextEntry()
        var isLineStart = true
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "\n"):
                if openParenthesis == nil, !entry.tokens.isEmpty {
                    finish(&entry)
                    newLine()
                    return entry
                }
                newLine()
                if openParenthesis == nil { entry.startsWithBlank = false }
                isLineStart = openParenthesis == nil
                continue
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                if isLineStart, byte != UInt8(ascii: "\r") { entry.startsWithBlank = true }
                position += 1
            case UInt8(ascii: ";"):
                while position < text.count, text[position] != UInt8(ascii: "\n") { position += 1 }
            case UInt8(ascii: "("):
                guard openParenthesis == nil else { throw error("a parenthesis inside another") }
                openParenthesis = (line, column)
                position += 1
            case UInt8(ascii: ")"):
                guard openParenthesis != nil else { throw error("a closing parenthesis without an opening one") }
                openParenthesis = nil
                position += 1
            case UInt8(ascii: "\""): entry.tokens.append(try quoted(text))
            default: entry.tokens.append(try word(text))
            }
            isLineStart = false
        }
        if let open = openParenthesis {
            throw ZoneTextError(line: open.line, column: open.column, text: "the parenthesis is never closed")
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
        position += 1
        try quotedRest(text, to: &token)
        return token
    }

    /// Reads up to the closing quote and passes it.
    private mutating func quotedRest(_ text: [UInt8], to token: inout TextToken) throws(ZoneTextError) {
        while true {
            guard position < text.count, text[position] != UInt8(ascii: "\n") else {
                throw token.error("the quote is never closed")
            }
            if text[position] == UInt8(ascii: "\"") {
                position += 1
                return
            }
            try take(text, to: &token)
        }
    }

    /// Reads a word without quotes; a quote right after `=` opens a value that ends the word.
    private mutating func word(_ text: [UInt8]) throws(ZoneTextError) -> TextToken {
        var token = TextToken(bytes: [], isQuoted: false, line: line, column: column)
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: ";"),
                UInt8(ascii: "("), UInt8(ascii: ")"):
                return token
            case UInt8(ascii: "\""):
                guard token.bytes.last == UInt8(ascii: "=") else { return token }
                token.bytes.append(UInt8(ascii: "\""))
                position += 1
                try quotedRest(text, to: &token)
                token.bytes.append(UInt8(ascii: "\""))
                return token
            default: try take(text, to: &token)
            }
        }
        return token
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
