/// Parses the text of a built-in table: a server on each line, with the domains that it serves.
enum BuiltInTable {
    /// Returns the words of each line. This works on bytes, since characters would take several times as long.
    static func lines(_ text: String) -> [[String]] {
        text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        }
    }
}
