extension RecordData: CustomStringConvertible {
    /// Record data from presentation format; relative names are completed by the root.
    ///
    /// - Throws: `ZoneTextError` for text that is not one entry of this type.
    public init(type: RecordType, recordClass: RecordClass = .in, text: String) throws(ZoneTextError) {
        let bytes = Array(text.utf8)
        var scanner = TextScanner()
        let entry = try scanner.next(in: bytes) ?? TextEntry()
        if let more = try scanner.next(in: bytes)?.tokens.first { throw more.error("more than one line") }
        var tokens = TokenReader(entry, origin: .root)
        self = try RecordData(type: type, recordClass: recordClass, tokens: &tokens)
    }

    /// Record data from the words that are left.
    init(type: RecordType, recordClass: RecordClass, tokens: inout TokenReader) throws(ZoneTextError) {
        let place = tokens
        var wire: [UInt8] = []
        if let first = tokens.peek, !first.isQuoted, first.bytes == Array("\\#".utf8) {
            wire = try Self.generic(&tokens)
        } else if let layout = RecordLayout.of(type, recordClass) {
            try layout.parse(&tokens, to: &wire)
        } else {
            throw tokens.error("data of type \(type) must be written as \\# LENGTH HEX")
        }
        do throws(WireError) {
            self = try RecordData(type: type, recordClass: recordClass, wire: wire)
        } catch {
            throw place.error(error.code.text)
        }
    }

    /// The form `\# LENGTH HEX` of any data (RFC 3597 section 5).
    private static func generic(_ tokens: inout TokenReader) throws(ZoneTextError) -> [UInt8] {
        _ = try tokens.next("\\#")
        let count = try tokens.number("the length", limit: 0xFFFF)
        let place = tokens
        guard let bytes = Base16.decode(try tokens.concatenated()) else { throw place.error("not hexadecimal") }
        guard bytes.count == count else {
            throw place.error("\(count) bytes are announced, \(bytes.count) are there")
        }
        return bytes
    }

    /// The data in presentation format, as `dig` prints it; `\# LENGTH HEX` where the type is not known.
    public var text: String {
        var text: [UInt8] = []
        if let layout {
            do throws(WireError) {
                try layout.write(bytes, to: &text)
                return String(decoding: text, as: UTF8.self)
            } catch {
                text = []
            }
        }
        text += "\\# \(bytes.count)".utf8
        if !bytes.isEmpty {
            text.append(UInt8(ascii: " "))
            RecordField.grouped(Base16.encode(bytes), to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The data in presentation format.
    public var description: String { text }
}
