extension WHOISReader {
    /// Reads a table of one row: a line of labels in columns, then a line with as many values.
    ///
    /// False when the line belongs to no table.
    mutating func readTable(_ text: String) -> Bool {
        if !columns.isEmpty {
            // Rules between head and row.
            if text.utf8.allSatisfy({ "-=+| \t".utf8.contains($0) }) { return true }
            let fields = columns
            columns = []
            let cells = Self.cells(of: text)
            guard cells.count == fields.count else { return false }
            for (field, value) in zip(fields, cells) { apply(field.kind, value: value, hint: nil) }
            return true
        }
        let cells = Self.cells(of: text)
        guard cells.count >= 2 else { return false }
        let fields = cells.compactMap { $0.utf8.count <= 40 ? WHOISLabel($0).field : nil }
        // One label with a value beside it is an entry; a head has a date among its labels and no digits.
        guard fields.count == cells.count, fields.contains(where: \.kind.isDate),
            !text.utf8.contains(where: \.isDigit)
        else { return false }
        columns = fields
        return true
    }

    /// The cells of a line: parted by tabs, by bars, by two blanks or more, or by commas between quotes.
    private static func cells(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        guard bytes.count <= 400 else { return [] }
        var cells: [[UInt8]] = [[]]
        let isQuoted = bytes.first == UInt8(ascii: "\"")
        for (index, byte) in bytes.enumerated() {
            let isGap =
                byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "|")
                || byte == UInt8(ascii: ",") && isQuoted && index > 0 && bytes[index - 1] == UInt8(ascii: "\"")
                || byte == UInt8(ascii: " ") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: " ")
            if isGap { cells.append([]) } else { cells[cells.count - 1].append(byte) }
        }
        return cells.map { String(decoding: $0.unquoted, as: UTF8.self) }.filter { !$0.isEmpty }
    }
}
