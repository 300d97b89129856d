extension IPAddress: LosslessStringConvertible {
    /// An address from text: four decimal numbers without leading zeros, or IPv6 as RFC 4291 section 2.2 permits. Nil
    /// for any other text.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        if let value = Self.parseIPv4(bytes[...]) {
            self = .v4(value)
        } else if let value = Self.parseIPv6(bytes) {
            self = .v6(value)
        } else {
            return nil
        }
    }

    /// The address in the form of RFC 5952.
    public var description: String {
        switch self {
        case .v4(let value): Self.dotted(value)
        case .v6(let high, let low): Self.colonHex(UInt128(high) << 64 | UInt128(low))
        }
    }

    private static func dotted(_ value: UInt32) -> String {
        "\(value >> 24).\(value >> 16 & 0xFF).\(value >> 8 & 0xFF).\(value & 0xFF)"
    }

    /// The longest run of two or more zero groups becomes `::`; IPv4 inside IPv6 is dotted as `inet_ntop` does it.
    private static func colonHex(_ value: UInt128) -> String {
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: value >> (112 - 16 * $0)) }
        var zeros = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(zeros.count, 1) { zeros = start..<end }
            start = max(end, start + 1)
        }
        if zeros == 0..<6 { return "::" + dotted(UInt32(truncatingIfNeeded: value)) }
        if zeros == 0..<5, groups[5] == 0xFFFF { return "::ffff:" + dotted(UInt32(truncatingIfNeeded: value)) }
        let hex = groups.map { String($0, radix: 16) }
        guard !zeros.isEmpty else { return hex.joined(separator: ":") }
        return hex[..<zeros.lowerBound].joined(separator: ":") + "::" + hex[zeros.upperBound...].joined(separator: ":")
    }

    private static func parseIPv4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy(Escape.isDigit) else { return nil }
            guard part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
            let number = part.reduce(0) { $0 * 10 + UInt32($1 - UInt8(ascii: "0")) }
            guard number <= 255 else { return nil }
            value = value << 8 | number
        }
        return value
    }

    private static func parseIPv6(_ text: [UInt8]) -> UInt128? {
        var groups: [UInt16] = []
        var gap: Int?
        var rest = text[...]
        let colon = UInt8(ascii: ":")
        guard text.count <= 45 else { return nil }
        if rest.starts(with: [colon, colon]) {
            gap = 0
            rest = rest.dropFirst(2)
        }
        while !rest.isEmpty {
            let group = rest.prefix { $0 != colon }
            if group.contains(UInt8(ascii: ".")) {
                guard group.count == rest.count, groups.count <= 6, let value = parseIPv4(group) else { return nil }
                groups += [UInt16(truncatingIfNeeded: value >> 16), UInt16(truncatingIfNeeded: value)]
                break
            }
            guard (1...4).contains(group.count), groups.count < 8 else { return nil }
            var value: UInt16 = 0
            for byte in group {
                guard let digit = Base16.value(byte) else { return nil }
                value = value << 4 | UInt16(digit)
            }
            groups.append(value)
            rest = rest.dropFirst(group.count)
            if rest.starts(with: [colon, colon]) {
                guard gap == nil else { return nil }
                gap = groups.count
                rest = rest.dropFirst(2)
            } else if !rest.isEmpty {
                rest = rest.dropFirst()
                guard !rest.isEmpty else { return nil }
            }
        }
        if let gap {
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        return groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}

extension IPAddress: Codable {
    /// Reads the text form; throws `DecodingError` for any other text.
    public init(from decoder: any Decoder) throws {
        self = try RegistryCoding.decode(IPAddress.init(_:), from: decoder, what: "address")
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws { try RegistryCoding.encode(description, to: encoder) }
}
