/// The backslash escapes of presentation format (RFC 1035 section 5.1).
enum Escape {
    private static let backslash = UInt8(ascii: "\\")

    /// Reads one byte, escaped or plain, and moves on; bytes outside ASCII must be escaped.
    static func byte(in text: [UInt8], at position: inout Int) throws(WireError) -> UInt8 {
        let byte = text[position]
        guard byte == backslash else {
            guard byte < 0x80 else { throw WireError(.badCharacter, at: position) }
            position += 1
            return byte
        }
        return try escaped(in: text, at: &position)
    }

    /// Reads what follows a backslash: three digits for a byte by its number, or the byte itself.
    static func escaped(in text: [UInt8], at position: inout Int) throws(WireError) -> UInt8 {
        let start = position
        guard position + 1 < text.count else { throw WireError(.badEscape, at: start) }
        let first = text[position + 1]
        guard isDigit(first) else {
            position += 2
            return first
        }
        guard position + 3 < text.count, isDigit(text[position + 2]), isDigit(text[position + 3]) else {
            throw WireError(.badEscape, at: start)
        }
        let value = text[(position + 1)...(position + 3)].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        guard let byte = UInt8(exactly: value) else { throw WireError(.badEscape, at: start) }
        position += 4
        return byte
    }

    /// Text with its escapes resolved, bytes outside ASCII kept; nil if an escape is wrong.
    static func unescaped(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            if text[position] == backslash {
                guard let byte = try? escaped(in: text, at: &position) else { return nil }
                bytes.append(byte)
            } else {
                bytes.append(text[position])
                position += 1
            }
        }
        return bytes
    }

    /// Appends a byte of a label as it stands in a name.
    static func writeLabel(_ byte: UInt8, to text: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."), UInt8(ascii: ";"),
            UInt8(ascii: "\\"), UInt8(ascii: "@"), UInt8(ascii: "$"):
            text.append(backslash)
            text.append(byte)
        case 0x21...0x7E: text.append(byte)
        default: writeNumber(byte, to: &text)
        }
    }

    /// Appends a byte of a character-string as it stands between quotes.
    static func writeQuoted(_ byte: UInt8, to text: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), backslash:
            text.append(backslash)
            text.append(byte)
        case 0x20...0x7E: text.append(byte)
        default: writeNumber(byte, to: &text)
        }
    }

    /// Appends a byte as a backslash and three digits.
    static func writeNumber(_ byte: UInt8, to text: inout [UInt8]) {
        text.append(backslash)
        text.append(UInt8(ascii: "0") + byte / 100)
        text.append(UInt8(ascii: "0") + byte / 10 % 10)
        text.append(UInt8(ascii: "0") + byte % 10)
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
