/// What is wrong in the text of a record or a zone file, and where.
public struct ZoneTextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public var line: Int
    /// The byte in the line, from 1.
    public var column: Int
    /// What is wrong, in one phrase.
    public var text: String

    /// An error at this place.
    public init(line: Int, column: Int, text: String) {
        self.line = line
        self.column = column
        self.text = text
    }

    /// The place and what is wrong, as compilers print it.
    public var description: String { "\(line):\(column): \(text)" }
}
