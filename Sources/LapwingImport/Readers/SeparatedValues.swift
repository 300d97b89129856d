/// Parses comma-separated values (RFC 4180) with any delimiter.
enum SeparatedValues {
    struct Row: Equatable {
        /// The line on which it begins, from 1.
        var line: Int
        var fields: [String]
    }

    /// In bytes; the options in Lapwing's own table may name a thousand RRsets.
    private static let longestField = 256 << 10
    private static let mostFields = 500

    /// - Throws: a fault for an unclosed quote and for exceeded limits, with the line.
    static func rows(_ text: String, delimiter: Character, file: String) throws(ImportFault) -> [Row] {
        let mark = delimiter.asciiValue ?? UInt8(ascii: ",")
        let quote = UInt8(ascii: "\"")
        var rows: [Row] = []
        var row = Row(line: 1, fields: [])
        var field: [UInt8] = []
        var line = 1
        var quotedFrom: Int?
        var wasQuoted = false
        func fault(_ line: Int, _ reason: String) -> ImportFault {
            ImportFault(ImportPlace(file: file, line: line), reason, weight: .fatal)
        }
        func endField() throws(ImportFault) {
            guard row.fields.count < mostFields else { throw fault(line, "more than \(mostFields) columns") }
            row.fields.append(String(decoding: field, as: UTF8.self))
            field = []
            wasQuoted = false
        }
        func endRow() throws(ImportFault) {
            try endField()
            if row.fields.contains(where: { !$0.isEmpty }) { rows.append(row) }
            row.fields = []
        }
        let bytes = Array(text.utf8)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if quotedFrom != nil {
                if byte == quote {
                    if position < bytes.count, bytes[position] == quote {
                        field.append(quote)
                        position += 1
                    } else {
                        quotedFrom = nil
                    }
                    continue
                }
                if byte == 10 { line += 1 }
                field.append(byte)
            } else if byte == quote, field.isEmpty, !wasQuoted {
                quotedFrom = line
                wasQuoted = true
            } else if byte == mark {
                try endField()
            } else if byte == 10 || byte == 13 {
                if byte == 13, position < bytes.count, bytes[position] == 10 { position += 1 }
                try endRow()
                line += 1
                row.line = line
            } else {
                field.append(byte)
            }
            guard field.count <= longestField else {
                throw fault(
                    quotedFrom ?? line, "a field of more than \(longestField >> 10) KiB; is a quote not closed?")
            }
        }
        if let start = quotedFrom { throw fault(start, "a quote is opened here and never closed") }
        if !field.isEmpty || !row.fields.isEmpty { try endRow() }
        return rows
    }
}
