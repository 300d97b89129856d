extension RecordLayout {
    /// Appends sound record data in presentation format, as `dig` prints it.
    func write(_ data: [UInt8], to text: inout [UInt8]) throws(WireError) {
        var reader = WireReader(data.span)
        for (index, field) in fields.enumerated() {
            if index > 0 { text.append(UInt8(ascii: " ")) }
            let count = text.count
            try field.write(data, &reader, to: &text)
            if index > 0, text.count == count { text.removeLast() }
        }
    }
}

extension RecordField {
    /// How many characters of hexadecimal or base 64 stand together.
    private static let groupLength = 56

    /// Appends the field in presentation format.
    func write(_ data: [UInt8], _ reader: inout WireReader, to text: inout [UInt8]) throws(WireError) {
        let span = data.span
        switch self {
        case .uint8, .algorithm: Self.number(try reader.uint8(span), to: &text)
        case .uint16: Self.number(try reader.uint16(span), to: &text)
        case .uint32, .duration: Self.number(try reader.uint32(span), to: &text)
        case .signatureTime: text += SignatureTime.text(try reader.uint32(span)).utf8
        case .recordType: text += RecordType(rawValue: try reader.uint16(span)).name.utf8
        case .ipv4: text += IPAddress.v4(try reader.uint32(span)).description.utf8
        case .ipv6:
            let bytes = try reader.bytes(16, from: span)
            text += (IPAddress(bytes: bytes)?.description ?? "").utf8
        case .name:
            let start = reader.offset
            var name: [UInt8] = []
            try reader.name(from: span, to: &name, allowPointers: false)
            Name.write(data[start..<reader.offset], to: &text)
        case .string: Self.quoted(try Self.counted(data, &reader), to: &text)
        case .strings:
            var isFirst = true
            while reader.remaining > 0 {
                if !isFirst { text.append(UInt8(ascii: " ")) }
                isFirst = false
                Self.quoted(try Self.counted(data, &reader), to: &text)
            }
        case .tag: text += try Self.counted(data, &reader)
        case .quotedRest: Self.quoted(try Self.rest(data, &reader), to: &text)
        case .base64: Self.grouped(Base64.encode(try Self.rest(data, &reader)), to: &text)
        case .hexadecimal: Self.grouped(Base16.encode(try Self.rest(data, &reader)), to: &text)
        case .salt:
            let salt = try Self.counted(data, &reader)
            text += salt.isEmpty ? [UInt8(ascii: "-")] : Base16.encode(salt)
        case .hashedName: text += Base32Hex.encode(try Self.counted(data, &reader))
        case .typeBitmap:
            text += TypeBitmap.types(try Self.rest(data, &reader)).map(\.name).joined(separator: " ").utf8
        case .serviceParameters: ServiceParameters.write(try Self.rest(data, &reader), to: &text)
        }
    }

    private static func number(_ value: some BinaryInteger, to text: inout [UInt8]) { text += String(value).utf8 }

    private static func counted(_ data: [UInt8], _ reader: inout WireReader) throws(WireError) -> ArraySlice<UInt8> {
        let count = Int(try reader.uint8(data.span))
        try reader.skip(count)
        return data[(reader.offset - count)..<reader.offset]
    }

    private static func rest(_ data: [UInt8], _ reader: inout WireReader) throws(WireError) -> ArraySlice<UInt8> {
        let start = reader.offset
        try reader.skip(reader.remaining)
        return data[start...]
    }

    static func quoted(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in bytes { Escape.writeQuoted(byte, to: &text) }
        text.append(UInt8(ascii: "\""))
    }

    /// Appends digits in groups, a space between them.
    static func grouped(_ digits: [UInt8], to text: inout [UInt8]) {
        var start = 0
        while start < digits.count {
            let end = min(start + groupLength, digits.count)
            if start > 0 { text.append(UInt8(ascii: " ")) }
            text += digits[start..<end]
            start = end
        }
    }
}
