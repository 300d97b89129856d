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
        case .uint48: Self.number(try reader.uint48(span), to: &text)
        case .octal: text += String(try reader.uint16(span), radix: 8).utf8
        case .signatureTime: text += SignatureTime.text(try reader.uint32(span)).utf8
        case .recordType: text += RecordType(rawValue: try reader.uint16(span)).name.utf8
        case .responseCode: text += ResponseCode.signatureText(try reader.uint16(span)).utf8
        case .certificateType: text += CertificateType.text(try reader.uint16(span)).utf8
        case .namedAlgorithm: text += SecurityAlgorithm.text(try reader.uint8(span)).utf8
        case .notifyScheme:
            let scheme = try reader.uint8(span)
            text += (scheme == 1 ? "NOTIFY" : String(scheme)).utf8
        case .ipv4: text += IPAddress.v4(try reader.uint32(span)).description.utf8
        case .ipv6: text += (IPAddress(bytes: try reader.bytes(16, from: span))?.description ?? "").utf8
        case .name: Name.write(try reader.name(from: span).wire[...], to: &text)
        case .string, .decimalString: Self.quoted(try Self.counted(data, &reader), to: &text)
        case .optionalString: if reader.remaining > 0 { Self.quoted(try Self.counted(data, &reader), to: &text) }
        case .strings:
            var separator: [UInt8] = []
            while reader.remaining > 0 {
                text += separator
                separator = [UInt8(ascii: " ")]
                Self.quoted(try Self.counted(data, &reader), to: &text)
            }
        case .tag: text += try Self.counted(data, &reader)
        case .quotedRest: Self.quoted(try Self.rest(data, &reader), to: &text)
        case .base64: Self.grouped(Base64.encode(try Self.rest(data, &reader)), to: &text)
        case .hexadecimal: Self.grouped(Base16.encode(try Self.rest(data, &reader)), to: &text)
        case .prefixedHexadecimal: text += "0x".utf8 + Base16.encode(try Self.rest(data, &reader)).map(Name.fold)
        case .sizedBase64:
            let count = Int(try reader.uint16(span))
            Self.number(count, to: &text)
            if count > 0 { text += [UInt8(ascii: " ")] + Base64.encode(try reader.bytes(count, from: span)) }
        case .salt:
            let salt = try Self.counted(data, &reader)
            text += salt.isEmpty ? [UInt8(ascii: "-")] : Base16.encode(salt)
        case .hashedName: text += Base32Hex.encode(try Self.counted(data, &reader))
        case .colonGroups:
            let groups = [
                try reader.uint16(span), try reader.uint16(span), try reader.uint16(span), try reader.uint16(span),
            ]
            text += groups.map { String($0, radix: 16) }.joined(separator: ":").utf8
        case .hyphenated(let count):
            let pairs = try reader.bytes(count, from: span).map { String(decoding: Base16.encode([$0]), as: UTF8.self) }
            text += pairs.joined(separator: "-").lowercased().utf8
        case .typeBitmap:
            text += TypeBitmap.types(try Self.rest(data, &reader)).map(\.name).joined(separator: " ").utf8
        case .serviceParameters: ServiceParameters.write(try Self.rest(data, &reader), to: &text)
        case .ports: text += ServicePorts.text(try Self.rest(data, &reader)).utf8
        case .location: text += Location.text(try Self.rest(data, &reader)).utf8
        case .addressPrefixes:
            let start = reader.offset
            guard let prefixes = AddressPrefixes.text(try Self.rest(data, &reader)) else {
                throw WireError(.recordDataInvalid, at: start)
            }
            text += prefixes.utf8
        case .hostIdentity: try HostIdentity.write(data, &reader, to: &text)
        case .gateway:
            let header = try reader.bytes(3, from: span)
            text += "\(header[0]) \(header[1]) \(header[2]) ".utf8
            try Gateway.write(kind: header[1], span, &reader, to: &text)
        case .relay:
            let header = try reader.bytes(2, from: span)
            text += "\(header[0]) \(header[1] >> 7) \(header[1] & 0x7F) ".utf8
            try Gateway.write(kind: header[1] & 0x7F, span, &reader, to: &text)
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
