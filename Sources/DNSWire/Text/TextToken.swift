/// A word of zone text, its escapes still in it.
struct TextToken: Hashable, Sendable {
    /// The bytes, without the quotes around them.
    var bytes: [UInt8]
    /// Whether the word stood in quotes.
    var isQuoted: Bool
    /// Whether it stood in quotes right after another word, as the value does in `key="value"`.
    var continuesWord = false
    /// Where it began, from 1.
    var line: Int
    /// The byte in that line where it began, from 1.
    var column: Int

    var string: String { String(decoding: bytes, as: UTF8.self) }

    func error(_ text: String) -> ZoneTextError { ZoneTextError(line: line, column: column, text: text) }
}

/// A record or directive of zone text: its words, and whether it begins with a blank.
struct TextEntry: Sendable {
    var tokens: [TextToken] = []
    var startsWithBlank = false
    /// Where the entry ended.
    var endLine = 1
    var endColumn = 1
}
