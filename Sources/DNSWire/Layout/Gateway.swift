/// What IPSECKEY and AMTRELAY point to: nothing, an address or a name, by a number before it (RFC 4025 section 2.3).
enum Gateway {
    static func read(
        kind: UInt8, _ bytes: Span<UInt8>, _ reader: inout WireReader, to target: inout [UInt8]
    ) throws(WireError) {
        switch kind {
        case 0: break
        case 1: try reader.copy(4, from: bytes, to: &target)
        case 2: try reader.copy(16, from: bytes, to: &target)
        case 3: try reader.name(from: bytes, to: &target, allowPointers: false)
        default: throw WireError(.recordDataInvalid, at: reader.offset)
        }
    }

    static func write(
        kind: UInt8, _ bytes: Span<UInt8>, _ reader: inout WireReader, to text: inout [UInt8]
    ) throws(WireError) {
        switch kind {
        case 0: text.append(UInt8(ascii: "."))
        case 1: text += (IPAddress(bytes: try reader.bytes(4, from: bytes))?.description ?? "").utf8
        case 2: text += (IPAddress(bytes: try reader.bytes(16, from: bytes))?.description ?? "").utf8
        default: Name.write(try reader.name(from: bytes).wire[...], to: &text)
        }
    }

    static func parse(kind: UInt8, _ tokens: inout TokenReader) throws(ZoneTextError) -> [UInt8] {
        if kind == 3 { return try tokens.name("a name").wire }
        let token = try tokens.next("a gateway")
        switch kind {
        case 0 where token.bytes == [UInt8(ascii: ".")]: return []
        case 1, 2:
            if let address = IPAddress(token.string), address.isIPv4 == (kind == 1) { return address.bytes }
            throw token.error("not an address of IPv\(kind == 1 ? 4 : 6)")
        default: throw token.error("not a gateway of kind \(kind)")
        }
    }
}
