/// The data of APL (RFC 3123): address prefixes, each perhaps negated.
enum AddressPrefixes {
    /// Reads prefixes to the end; none may be longer than its family permits or end with a zero byte.
    static func read(_ bytes: Span<UInt8>, _ reader: inout WireReader, to target: inout [UInt8]) throws(WireError) {
        while reader.remaining > 0 {
            let start = reader.offset
            let family = try reader.uint16(bytes)
            let prefix = try reader.uint8(bytes)
            let length = try reader.uint8(bytes)
            let count = Int(length & 0x7F)
            target += [UInt8(family >> 8), UInt8(family & 0xFF), prefix, length]
            try reader.copy(count, from: bytes, to: &target)
            let size = width(family) ?? 128
            guard count == 0 || target.last != 0, count <= size, width(family) == nil || Int(prefix) <= size * 8 else {
                throw WireError(.recordDataInvalid, at: start)
            }
        }
    }

    private static func width(_ family: UInt16) -> Int? {
        switch family {
        case 1: 4
        case 2: 16
        default: nil
        }
    }

    /// The prefixes as `family:address/bits`, with `!` before a negated one; nil with an unknown family.
    static func text(_ data: ArraySlice<UInt8>) -> String? {
        var items: [String] = []
        var rest = data
        while rest.count >= 4 {
            let start = rest.startIndex
            let family = UInt16(rest[start]) << 8 | UInt16(rest[start + 1])
            let count = Int(rest[start + 3] & 0x7F)
            let bytes = rest.dropFirst(4).prefix(count)
            guard let width = width(family), bytes.count <= width else { return nil }
            guard let address = IPAddress(bytes: Array(bytes) + repeatElement(0, count: width - bytes.count)) else {
                return nil
            }
            items.append("\(rest[start + 3] & 0x80 != 0 ? "!" : "")\(family):\(address)/\(rest[start + 2])")
            rest = rest.dropFirst(4 + count)
        }
        return items.joined(separator: " ")
    }

    /// Reads the prefixes that are left.
    static func parse(_ tokens: inout TokenReader) throws(ZoneTextError) -> [UInt8] {
        var data: [UInt8] = []
        for token in tokens.rest() {
            guard let item = item(token.bytes[...]) else { throw token.error("not a prefix such as 1:192.0.2.0/24") }
            data += item
        }
        return data
    }

    private static func item(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let isNegated = text.first == UInt8(ascii: "!")
        let body = isNegated ? text.dropFirst() : text
        guard let colon = body.firstIndex(of: UInt8(ascii: ":")), let slash = body.lastIndex(of: UInt8(ascii: "/")),
            colon < slash, let family = UInt16(String(decoding: body[..<colon], as: UTF8.self)),
            let bits = UInt8(String(decoding: body[(slash + 1)...], as: UTF8.self)),
            let address = address(body[(colon + 1)..<slash], family, bits: Int(bits)), address.count <= 127
        else { return nil }
        let bytes = Array(address.reversed().drop { $0 == 0 }.reversed())
        return [UInt8(family >> 8), UInt8(family & 0xFF), bits, UInt8(bytes.count) | (isNegated ? 0x80 : 0)] + bytes
    }

    /// The bytes of an address; those of an unknown family are in hexadecimal.
    private static func address(_ text: ArraySlice<UInt8>, _ family: UInt16, bits: Int) -> [UInt8]? {
        guard let width = width(family) else { return Base16.decode(text) }
        let bytes = IPAddress(String(decoding: text, as: UTF8.self))?.bytes
        return bytes?.count == width && bits <= width * 8 ? bytes : nil
    }
}
