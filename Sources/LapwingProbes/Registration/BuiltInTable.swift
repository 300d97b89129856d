/// Text of a built-in table: a server, and the domains it serves, on each line.
enum BuiltInTable {
    /// The words of each line. By bytes, since going by characters would take several times as long.
    static func lines(_ text: String) -> [[String]] {
        text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        }
    }
}
