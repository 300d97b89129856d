extension RecordLayout {
    /// Reads the fields from text and appends them as they are kept.
    func parse(_ tokens: inout TokenReader, to target: inout [UInt8]) throws(ZoneTextError) {
        for field in fields { try field.parse(&tokens, to: &target) }
        if let extra = tokens.peek { throw extra.error("text left over after the record data") }
    }
}

extension RecordField {
    /// Reads the field from text and appends it as it is kept.
    func parse(_ tokens: inout TokenReader, to target: inout [UInt8]) throws(ZoneTextError) {
        switch self {
        case .uint8: try Self.number(&tokens, bytes: 1, to: &target)
        case .uint16: try Self.number(&tokens, bytes: 2, to: &target)
        case .uint32: try Self.number(&tokens, bytes: 4, to: &target)
        case .uint48: try Self.number(&tokens, bytes: 6, to: &target)
        case .octal:
            let token = try tokens.next("an octal number")
            guard let value = UInt16(token.string, radix: 8) else { throw token.error("not an octal number") }
            Self.append(value, bytes: 2, to: &target)
        case .duration:
            let token = try tokens.next("a number of seconds")
            guard let seconds = TimeToLive.seconds(token.bytes) else { throw token.error("not a number of seconds") }
            Self.append(seconds, bytes: 4, to: &target)
        case .signatureTime:
            let token = try tokens.next("a time")
            guard let seconds = SignatureTime.seconds(token.bytes) else {
                throw token.error("not a time such as 20260102030405")
            }
            Self.append(seconds, bytes: 4, to: &target)
        case .recordType:
            let token = try tokens.next("a record type")
            guard let type = RecordType(token.string) else { throw token.error("not a record type") }
            Self.append(type.rawValue, bytes: 2, to: &target)
        case .algorithm, .namedAlgorithm:
            try Self.number(&tokens, bytes: 1, to: &target, orWord: { SecurityAlgorithm.number($0) })
        case .responseCode:
            try Self.number(&tokens, bytes: 2, to: &target, orWord: { ResponseCode(signatureText: $0)?.rawValue })
        case .certificateType:
            try Self.number(&tokens, bytes: 2, to: &target, orWord: { CertificateType.number($0) })
        case .notifyScheme:
            try Self.number(&tokens, bytes: 1, to: &target, orWord: { $0 == "NOTIFY" ? UInt8(1) : nil })
        case .ipv4: target += try Self.address(&tokens, bytes: 4)
        case .ipv6: target += try Self.address(&tokens, bytes: 16)
        case .name: target += try tokens.name("a name").wire
        case .string, .decimalString: Self.appendCounted(try tokens.string("a string"), to: &target)
        case .optionalString: if !tokens.isAtEnd { Self.appendCounted(try tokens.string("a string"), to: &target) }
        case .strings:
            repeat { Self.appendCounted(try tokens.string("a string"), to: &target) } while !tokens.isAtEnd
        case .tag: Self.appendCounted(try tokens.string("a tag"), to: &target)
        case .quotedRest: target += try tokens.string("a value", limit: 0xFFFF)
        case .base64: target += try Self.decoded(&tokens, "base 64", Base64.decode)
        case .hexadecimal: target += try Self.decoded(&tokens, "hexadecimal", Base16.decode)
        case .prefixedHexadecimal:
            let token = try tokens.next("hexadecimal after 0x")
            let digits = token.bytes.dropFirst(2).filter { $0 != UInt8(ascii: ".") }
            guard token.bytes.starts(with: "0x".utf8), let bytes = Base16.decode(digits) else {
                throw token.error("not hexadecimal after 0x")
            }
            target += bytes
        case .sizedBase64:
            let count = Int(try tokens.number("a length", limit: 0xFFFF))
            Self.append(count, bytes: 2, to: &target)
            if count > 0 {
                let token = try tokens.next("base 64")
                guard let bytes = Base64.decode(token.bytes), bytes.count == count else {
                    throw token.error("not \(count) bytes in base 64")
                }
                target += bytes
            }
        case .colonGroups: target += try Self.groups(&tokens, separator: UInt8(ascii: ":"), count: 4, digits: 1...4)
        case .hyphenated(let count):
            target += try Self.groups(&tokens, separator: UInt8(ascii: "-"), count: count, digits: 2...2)
        case .ports: target += try ServicePorts.parse(&tokens)
        case .location: target += try Location.parse(&tokens)
        case .addressPrefixes: target += try AddressPrefixes.parse(&tokens)
        case .hostIdentity: target += try HostIdentity.parse(&tokens)
        case .gateway:
            for _ in 0..<3 { try Self.number(&tokens, bytes: 1, to: &target) }
            target += try Gateway.parse(kind: target[target.count - 2], &tokens)
        case .relay:
            try Self.number(&tokens, bytes: 1, to: &target)
            let discovery = UInt8(truncatingIfNeeded: try tokens.number("the discovery bit", limit: 1))
            let kind = UInt8(truncatingIfNeeded: try tokens.number("the kind", limit: 3))
            target.append(discovery << 7 | kind)
            target += try Gateway.parse(kind: kind, &tokens)
        case .salt:
            let token = try tokens.next("a salt")
            let salt = token.bytes == [UInt8(ascii: "-")] ? [] : Base16.decode(token.bytes)
            guard let salt, salt.count <= 255 else { throw token.error("not hexadecimal or -") }
            Self.appendCounted(salt, to: &target)
        case .hashedName:
            let token = try tokens.next("a hashed name")
            guard let hash = Base32Hex.decode(token.bytes), hash.count <= 255 else {
                throw token.error("not base 32 with the extended hex alphabet")
            }
            Self.appendCounted(hash, to: &target)
        case .typeBitmap:
            var types: [RecordType] = []
            for token in tokens.rest() {
                guard let type = RecordType(token.string), type.rawValue != 0 else {
                    throw token.error("not a record type")
                }
                types.append(type)
            }
            target += TypeBitmap.encode(types)
        case .serviceParameters:
            let place = tokens.error("service parameters that are not sound")
            guard let bytes = ServiceParameters.parse(tokens.rest()) else { throw place }
            target += bytes
        }
    }

    private static func number(
        _ tokens: inout TokenReader, bytes: Int, to target: inout [UInt8]
    ) throws(ZoneTextError) {
        append(try tokens.number("the value", limit: (1 << UInt64(bytes * 8)) - 1), bytes: bytes, to: &target)
    }

    /// A number, or a word that stands for one.
    private static func number(
        _ tokens: inout TokenReader, bytes: Int, to target: inout [UInt8],
        orWord value: (String) -> (some FixedWidthInteger)?
    ) throws(ZoneTextError) {
        guard let token = tokens.peek, let value = value(token.string) else {
            try number(&tokens, bytes: bytes, to: &target)
            return
        }
        _ = try tokens.next("a number")
        append(value, bytes: bytes, to: &target)
    }

    /// Groups of hexadecimal digits of one or two bytes each.
    private static func groups(
        _ tokens: inout TokenReader, separator: UInt8, count: Int, digits: ClosedRange<Int>
    ) throws(ZoneTextError) -> [UInt8] {
        let token = try tokens.next("groups of hexadecimal digits")
        let groups = token.bytes.split(separator: separator, omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for group in groups {
            let padded = repeatElement(UInt8(ascii: "0"), count: max(0, digits.upperBound - group.count)) + group
            guard digits.contains(group.count), let value = Base16.decode(padded) else { break }
            bytes += value
        }
        guard groups.count == count, bytes.count == count * digits.upperBound / 2 else {
            throw token.error("not \(count) groups of hexadecimal digits")
        }
        return bytes
    }

    static func append(_ value: some FixedWidthInteger, bytes: Int, to target: inout [UInt8]) {
        for index in (0..<bytes).reversed() { target.append(UInt8(truncatingIfNeeded: value >> (index * 8))) }
    }

    /// Appends a length byte and at most 255 bytes.
    static func appendCounted(_ bytes: [UInt8], to target: inout [UInt8]) {
        target.append(UInt8(truncatingIfNeeded: bytes.count))
        target += bytes
    }

    private static func address(_ tokens: inout TokenReader, bytes count: Int) throws(ZoneTextError) -> [UInt8] {
        let token = try tokens.next("an address")
        guard !token.isQuoted, let bytes = IPAddress(token.string)?.bytes, bytes.count == count else {
            throw token.error("not an IPv\(count == 4 ? "4" : "6") address")
        }
        return bytes
    }

    private static func decoded(
        _ tokens: inout TokenReader, _ what: String, _ decode: ([UInt8]) -> [UInt8]?
    ) throws(ZoneTextError) -> [UInt8] {
        let place = tokens.error("not \(what)")
        guard let bytes = decode(try tokens.concatenated()) else { throw place }
        return bytes
    }
}
