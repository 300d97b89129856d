/// Parses JSON (RFC 8259) into values with positions: a fault in a Terraform state of ten thousand lines needs a line
/// number.
package struct JSONDocument {
    /// The deepest nesting that is accepted.
    static let deepest = 256
    /// The largest number of values in one document.
    static let mostValues = 4_000_000

    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1
    private var lineStart = 0
    private var values = 0

    private init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// Parses the single value of a text.
    ///
    /// - Throws: a fault with its line and column; a repeated key in an object is a fault too.
    package static func read(_ bytes: [UInt8], file: String) throws(ImportFault) -> DocumentValue {
        var reader = JSONDocument(bytes, file: file)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.fault("text is left over after the value") }
        return value
    }

    private func fault(_ reason: String) -> ImportFault {
        ImportFault(
            ImportPlace(file: file, line: line, column: position - lineStart + 1), "not JSON: \(reason)", weight: .fatal
        )
    }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 10:
                position += 1
                line += 1
                lineStart = position
            case 32, 9, 13: position += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(ImportFault) -> DocumentValue {
        skipBlanks()
        values += 1
        guard depth <= Self.deepest else { throw fault("more than \(Self.deepest) levels of nesting") }
        guard values <= Self.mostValues else { throw fault("more than \(Self.mostValues) values") }
        let place = (line, position - lineStart + 1)
        let content: DocumentValue.Content
        switch byte {
        case UInt8(ascii: "{"): content = .mapping(try members(depth: depth))
        case UInt8(ascii: "["): content = .list(try elements(depth: depth))
        case UInt8(ascii: "\""): content = .scalar(try string())
        case nil: throw fault("it ends too early")
        default:
            let word = bytes[position...].prefix { Self.isOfWord($0) }
            guard !word.isEmpty, word.count < 1000 else { throw fault("a value is expected") }
            let text = String(decoding: word, as: UTF8.self)
            guard ["null", "true", "false"].contains(text) || Self.isNumber(text) else {
                throw fault("a value is expected")
            }
            position += word.count
            content = text == "null" ? .null : .scalar(text)
        }
        return DocumentValue(content, line: place.0, column: place.1)
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/) != nil
    }

    private mutating func members(depth: Int) throws(ImportFault) -> [DocumentValue.Member] {
        var members: [DocumentValue.Member] = []
        var known: Set<String> = []
        position += 1
        skipBlanks()
        if byte == UInt8(ascii: "}") {
            position += 1
            return members
        }
        while true {
            skipBlanks()
            guard byte == UInt8(ascii: "\"") else {
                throw fault(byte == nil ? "it ends too early" : "a key in quotes is expected")
            }
            let start = self
            let key = try string()
            guard known.insert(key).inserted else { throw start.fault("the key \"\(key.prefix(80))\" stands twice") }
            skipBlanks()
            guard byte == UInt8(ascii: ":") else { throw fault("a colon is expected") }
            position += 1
            members.append(DocumentValue.Member(key: key, value: try value(depth: depth + 1)))
            skipBlanks()
            guard let mark = byte, mark == UInt8(ascii: ",") || mark == UInt8(ascii: "}") else {
                throw fault(byte == nil ? "it ends too early" : "a comma or } is expected")
            }
            position += 1
            if mark == UInt8(ascii: "}") { return members }
        }
    }

    private mutating func elements(depth: Int) throws(ImportFault) -> [DocumentValue] {
        var elements: [DocumentValue] = []
        position += 1
        skipBlanks()
        if byte == UInt8(ascii: "]") {
            position += 1
            return elements
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            guard let mark = byte, mark == UInt8(ascii: ",") || mark == UInt8(ascii: "]") else {
                throw fault(byte == nil ? "it ends too early" : "a comma or ] is expected")
            }
            position += 1
            if mark == UInt8(ascii: "]") { return elements }
        }
    }

    private mutating func string() throws(ImportFault) -> String {
        position += 1
        var result: [UInt8] = []
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: result, as: UTF8.self)
            case UInt8(ascii: "\\"): result += Array(String(try escaped()).utf8)
            case 0..<32: throw fault("a control character in a string")
            default:
                result.append(byte)
                position += 1
            }
        }
        throw fault("a string is never closed")
    }

    private mutating func escaped() throws(ImportFault) -> Unicode.Scalar {
        position += 1
        guard let mark = byte else { throw fault("a string is never closed") }
        position += 1
        switch mark {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(mark)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw fault("an escape that JSON does not know")
        }
        let first = try unit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // RFC 8259 section 7: characters beyond the basic plane are encoded as pairs.
        guard (0xD800..<0xDC00).contains(first), byte == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw fault("half of a pair of surrogates") }
        position += 2
        let second = try unit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw fault("half of a pair of surrogates") }
        return scalar
    }

    private mutating func unit() throws(ImportFault) -> UInt32 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("\\u without four hexadecimal digits") }
        position += 4
        return number
    }
}
