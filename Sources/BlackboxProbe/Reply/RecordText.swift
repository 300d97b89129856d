/// Formats record data like `miekg/dns`, with one list of fields per type.
///
/// Data may end early between two fields; missing fields are printed as zero or empty.
enum RecordText {
    enum Field {
        case name, byte, short, long, time, type
        /// A character string with or without quotes.
        case quoted, bare
        case address4, address6
        /// A certificate type and an algorithm, by name if they have one.
        case certificate, algorithm
        /// The remaining data: as quoted strings, as one text that may already contain escapes, as hex, hex in pieces,
        /// upper-case hex or base 64, or unchanged.
        case quotedStrings, quotedOctets, hex, hexInPieces, upperHex, base64, raw
        case types
        case identifier64, upperIdentifier64, hardware48, hardware64
        case parameters, options, prefixes
    }

    private static let layouts: [UInt16: [Field]] = [
        1: [.address4], 2: [.name], 3: [.name], 4: [.name], 5: [.name], 7: [.name], 8: [.name], 9: [.name],
        10: [.raw], 12: [.name], 23: [.name], 39: [.name],
        6: [.name, .name, .long, .long, .long, .long, .long],
        13: [.quoted, .quoted], 14: [.name, .name], 15: [.short, .name],
        16: [.quotedStrings], 56: [.quotedStrings], 99: [.quotedStrings], 258: [.quotedStrings],
        261: [.quotedStrings],
        17: [.name, .name], 18: [.short, .name], 19: [.bare], 20: [.quoted, .quoted], 21: [.short, .name],
        24: [.type, .byte, .byte, .long, .time, .time, .short, .name, .base64],
        46: [.type, .byte, .byte, .long, .time, .time, .short, .name, .base64],
        25: [.short, .byte, .byte, .base64], 48: [.short, .byte, .byte, .base64],
        57: [.short, .byte, .byte, .base64], 60: [.short, .byte, .byte, .base64],
        26: [.short, .name, .name], 27: [.bare, .bare, .bare], 28: [.address6],
        30: [.name, .types], 31: [.upperHex], 32: [.upperHex],
        33: [.short, .short, .short, .name],
        35: [.short, .short, .quoted, .quoted, .quoted, .name], 36: [.short, .name],
        37: [.certificate, .short, .algorithm, .base64], 41: [.options], 42: [.prefixes],
        43: [.short, .byte, .byte, .upperHex], 59: [.short, .byte, .byte, .upperHex],
        32768: [.short, .byte, .byte, .upperHex], 32769: [.short, .byte, .byte, .upperHex],
        44: [.byte, .byte, .upperHex], 47: [.name, .types], 49: [.base64],
        52: [.byte, .byte, .byte, .hex], 53: [.byte, .byte, .byte, .hexInPieces],
        58: [.name, .name], 61: [.base64], 62: [.long, .short, .types], 63: [.long, .byte, .byte, .hex],
        64: [.short, .name, .parameters], 65: [.short, .name, .parameters],
        100: [.quoted], 101: [.long], 102: [.long],
        104: [.short, .identifier64], 105: [.short, .address4], 106: [.short, .upperIdentifier64],
        107: [.short, .name], 108: [.hardware48], 109: [.hardware64], 128: [], 255: [],
        256: [.short, .short, .quotedOctets], 257: [.byte, .bare, .quotedOctets],
    ]

    static func text(
        owner: String, type: UInt16, recordClass: UInt16, ttl: UInt32, data: inout ReplyCursor
    ) throws(ReplyFault) -> String {
        if type == 41 { return OptionText.text(ttl: ttl, size: recordClass, options: try OptionText.options(&data)) }
        let head = "\(owner)\t\(ttl)\t\(Mnemonics.recordClass(recordClass))\t\(Mnemonics.type(type))\t"
        if let text = try SizedText.text(type, &data) { return SizedText.mark(type) + head + text }
        if type == 29 { return head + (try LocationText.text(&data)) }
        guard let layout = layouts[type] else {
            let bytes = data.remaining()
            return "\(owner)\t\(ttl)\tCLASS\(recordClass)\tTYPE\(type)\t\\# \(bytes.count) \(Presentation.hex(bytes))"
        }
        // A type without a presentation format is printed as a comment.
        return (layout == [.raw] ? ";" : "") + head + (try text(layout, &data))
    }

    /// Returns the fields, separated by spaces.
    static func text(_ layout: [Field], _ data: inout ReplyCursor) throws(ReplyFault) -> String {
        var fields: [String] = []
        for field in layout { if let text = try text(field, &data) { fields.append(text) } }
        return fields.joined(separator: " ")
    }

    /// Returns the text of a field, or nil if nothing is printed for it.
    private static func text(_ field: Field, _ data: inout ReplyCursor) throws(ReplyFault) -> String? {
        let isMissing = data.isAtEnd
        switch field {
        case .name: return isMissing ? "" : try data.name()
        case .byte: return isMissing ? "0" : String(try data.byte())
        case .short: return isMissing ? "0" : String(try data.short())
        case .long: return isMissing ? "0" : String(try data.long())
        case .type: return Mnemonics.type(isMissing ? 0 : try data.short())
        case .time: return Presentation.time(isMissing ? 0 : try data.long(), near: WallClock.seconds)
        case .quoted: return "\"" + (isMissing ? "" : try string(&data)) + "\""
        case .bare: return isMissing ? "" : try string(&data)
        case .address4: return isMissing ? nil : Presentation.address4(try data.bytes(4))
        case .address6: return isMissing ? nil : Presentation.address6(try data.bytes(16))
        case .quotedStrings:
            var strings: [String] = []
            while !data.isAtEnd { strings.append("\"" + (try string(&data)) + "\"") }
            return strings.joined(separator: " ")
        case .certificate: return Mnemonics.certificate(isMissing ? 0 : try data.short())
        case .algorithm: return Mnemonics.algorithm(isMissing ? 0 : try data.byte())
        case .quotedOctets: return Presentation.quotedOctets(data.remaining())
        case .raw: return Presentation.raw(data.remaining())
        case .hex: return Presentation.hex(data.remaining())
        case .hexInPieces:
            // A full piece is followed by another one, even if that is empty.
            let hex = Presentation.hex(data.remaining())
            return (hex.chunks(of: 1024) + (hex.count % 1024 == 0 && !hex.isEmpty ? [""] : [])).joined(separator: " ")
        case .upperHex: return Presentation.hex(data.remaining(), uppercase: true)
        case .base64: return Presentation.base64(data.remaining())
        case .types:
            let types = try typeList(&data)
            return types.isEmpty ? nil : types.map(Mnemonics.type).joined(separator: " ")
        case .identifier64, .upperIdentifier64:
            let bytes = isMissing ? [0, 0, 0, 0, 0, 0, 0, 0] : try data.bytes(8)
            return Presentation.hex(bytes, uppercase: field == .upperIdentifier64).chunks(of: 4).joined(separator: ":")
        case .hardware48:
            return Presentation.hex(isMissing ? [0, 0, 0, 0, 0, 0] : try data.bytes(6)).chunks(of: 2).joined(
                separator: "-")
        case .hardware64:
            return Presentation.hex(isMissing ? [0, 0, 0, 0, 0, 0, 0, 0] : try data.bytes(8)).chunks(of: 2).joined(
                separator: "-")
        case .parameters: return try ServiceParameterText.text(&data)
        case .prefixes: return try PrefixText.text(&data)
        case .options: return nil
        }
    }

    private static func string(_ data: inout ReplyCursor) throws(ReplyFault) -> String {
        Presentation.escaped(try data.bytes(Int(try data.byte())))
    }

    /// Reads the types of an NSEC bit map; windows must ascend and have 1 to 32 octets.
    static func typeList(_ data: inout ReplyCursor) throws(ReplyFault) -> [UInt16] {
        var types: [UInt16] = []
        var last = -1
        while !data.isAtEnd {
            let window = Int(try data.byte())
            let length = Int(try data.byte())
            guard window > last, (1...32).contains(length) else { throw .badData }
            last = window
            for (index, bits) in try data.bytes(length).enumerated() {
                for bit in 0..<8 where bits & (0x80 >> UInt8(bit)) != 0 {
                    types.append(UInt16(window * 256 + index * 8 + bit))
                }
            }
        }
        return types
    }
}

extension String {
    /// Splits the text into pieces of one length; it contains only ASCII characters.
    fileprivate func chunks(of length: Int) -> [Substring] {
        stride(from: 0, to: count, by: length).map { dropFirst($0).prefix(length) }
    }
}
