extension ServiceParameters {
    /// Appends sound parameters as `key=value`, a space between them.
    static func write(_ data: ArraySlice<UInt8>, to text: inout [UInt8]) {
        var position = data.startIndex
        while position + 4 <= data.endIndex {
            let key = UInt16(data[position]) << 8 | UInt16(data[position + 1])
            let count = Int(data[position + 2]) << 8 | Int(data[position + 3])
            let end = min(position + 4 + count, data.endIndex)
            if position > data.startIndex { text.append(UInt8(ascii: " ")) }
            text.append(contentsOf: name(key).utf8)
            if end > position + 4 {
                text.append(UInt8(ascii: "="))
                writeValue(data[(position + 4)..<end], shape(key), to: &text)
            }
            position = end
        }
    }

    private static func writeValue(_ value: ArraySlice<UInt8>, _ shape: Shape, to text: inout [UInt8]) {
        switch shape {
        case .mandatory: text.append(contentsOf: words(value).map(name).joined(separator: ",").utf8)
        case .port: text.append(contentsOf: String(words(value)[0]).utf8)
        case .addresses(let length):
            let starts = stride(from: value.startIndex, to: value.endIndex, by: length)
            let addresses = starts.compactMap { IPAddress(bytes: value[$0..<($0 + length)])?.description }
            text.append(contentsOf: addresses.joined(separator: ",").utf8)
        case .encryptedHello: text.append(contentsOf: Base64.encode(value))
        case .strings:
            text.append(UInt8(ascii: "\""))
            for (index, string) in (strings(value) ?? []).enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                for byte in string { writeListed(byte, to: &text) }
            }
            text.append(UInt8(ascii: "\""))
        case .empty, .opaque:
            text.append(UInt8(ascii: "\""))
            for byte in value { Escape.writeQuoted(byte, to: &text) }
            text.append(UInt8(ascii: "\""))
        }
    }

    /// A byte of a list is escaped once for the list and once more for the character-string (RFC 9460 appendix A.1).
    private static func writeListed(_ byte: UInt8, to text: inout [UInt8]) {
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\\") {
            text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\\")])
        }
        Escape.writeQuoted(byte, to: &text)
    }
}

extension ServiceParameters {
    /// Parameters from their words, in the order of their keys; nil if one is unsound or stands twice.
    static func parse(_ tokens: ArraySlice<TextToken>) -> [UInt8]? {
        var values: [UInt16: [UInt8]] = [:]
        var rest = tokens
        while let token = rest.popFirst() {
            let equals = token.bytes.firstIndex(of: UInt8(ascii: "=")) ?? token.bytes.endIndex
            guard !token.isQuoted, let key = key(token.bytes[..<equals]), values[key] == nil else { return nil }
            var text = Array(token.bytes[equals...].dropFirst())
            if equals == token.bytes.count - 1 {
                // Nothing may stand between the equals sign and the quote.
                guard let quoted = rest.popFirst(), quoted.continuesWord else { return nil }
                text = quoted.bytes
            }
            let isGeneric = token.bytes[0] == UInt8(ascii: "k")
            let form = isGeneric ? Shape.opaque : shape(key)
            guard let value = parseValue(text, form), value.count <= 0xFFFF,
                isSound(value.span, 0..<value.count, shape(key))
            else {
                return nil
            }
            values[key] = value
        }
        var bytes: [UInt8] = []
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            RecordField.append(key, bytes: 2, to: &bytes)
            RecordField.append(value.count, bytes: 2, to: &bytes)
            bytes += value
        }
        return bytes
    }

    /// A key by its name in lower case, or as `keyN` without leading zeros.
    private static func key(_ text: ArraySlice<UInt8>) -> UInt16? {
        let name = String(decoding: text, as: UTF8.self)
        if let number = numbers[name] { return number }
        let digits = text.dropFirst(3)
        guard name.hasPrefix("key"), !digits.isEmpty, digits.allSatisfy(Escape.isDigit) else { return nil }
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
        return UInt16(name.dropFirst(3))
    }

    private static func parseValue(_ text: [UInt8], _ shape: Shape) -> [UInt8]? {
        if text.isEmpty { return [] }
        switch shape {
        case .mandatory:
            let keys = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(key)
            let numbers = keys.compactMap(\.self).sorted()
            guard numbers.count == keys.count else { return nil }
            return numbers.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        case .port:
            guard text.allSatisfy(Escape.isDigit), let port = UInt16(String(decoding: text, as: UTF8.self)) else {
                return nil
            }
            return [UInt8(port >> 8), UInt8(port & 0xFF)]
        case .addresses(let length):
            let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            let addresses = parts.compactMap { IPAddress(String(decoding: $0, as: UTF8.self))?.bytes }
            guard addresses.count == parts.count, addresses.allSatisfy({ $0.count == length }) else { return nil }
            return addresses.flatMap(\.self)
        case .encryptedHello: return Base64.decode(text)
        case .strings: return parseList(text)
        case .empty: return nil
        case .opaque: return Escape.unescaped(text)
        }
    }

    /// The strings of a list between commas, where `\,` is a comma and `\\` a backslash after the usual escapes.
    private static func parseList(_ text: [UInt8]) -> [UInt8]? {
        guard let value = Escape.unescaped(text) else { return nil }
        var strings: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in value {
            if isEscaped {
                guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\\") else { return nil }
                strings[strings.count - 1].append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: ",") {
                strings.append([])
            } else {
                strings[strings.count - 1].append(byte)
            }
        }
        guard !isEscaped, strings.allSatisfy({ $0.count <= 255 }) else { return nil }
        return strings.flatMap { [UInt8($0.count)] + $0 }
    }
}
