/// The data of HIP (RFC 8005): a tag, a public key and the servers where the host can be found.
enum HostIdentity {
    static func read(_ bytes: Span<UInt8>, _ reader: inout WireReader, to target: inout [UInt8]) throws(WireError) {
        let tagCount = try reader.uint8(bytes)
        let algorithm = try reader.uint8(bytes)
        let keyCount = try reader.uint16(bytes)
        target += [tagCount, algorithm, UInt8(keyCount >> 8), UInt8(keyCount & 0xFF)]
        try reader.copy(Int(tagCount) + Int(keyCount), from: bytes, to: &target)
        while reader.remaining > 0 { try reader.name(from: bytes, to: &target, allowPointers: false) }
    }

    /// Appends algorithm, tag in hexadecimal, key in base 64, and the servers.
    static func write(_ data: [UInt8], _ reader: inout WireReader, to text: inout [UInt8]) throws(WireError) {
        let span = data.span
        let tagCount = Int(try reader.uint8(span))
        let algorithm = try reader.uint8(span)
        let keyCount = Int(try reader.uint16(span))
        text += "\(algorithm) ".utf8
        text += Base16.encode(try reader.bytes(tagCount, from: span))
        text.append(UInt8(ascii: " "))
        text += Base64.encode(try reader.bytes(keyCount, from: span))
        while reader.remaining > 0 {
            text.append(UInt8(ascii: " "))
            Name.write(try reader.name(from: span).wire[...], to: &text)
        }
    }

    static func parse(_ tokens: inout TokenReader) throws(ZoneTextError) -> [UInt8] {
        let algorithm = try tokens.number("an algorithm", limit: 255)
        let tagToken = try tokens.next("a tag")
        guard let tag = Base16.decode(tagToken.bytes), tag.count <= 255 else {
            throw tagToken.error("not a tag in hexadecimal")
        }
        let keyToken = try tokens.next("a key")
        guard let key = Base64.decode(keyToken.bytes), key.count <= 0xFFFF else {
            throw keyToken.error("not a key in base 64")
        }
        var data = [UInt8(tag.count), UInt8(truncatingIfNeeded: algorithm)]
        RecordField.append(key.count, bytes: 2, to: &data)
        data += tag + key
        while !tokens.isAtEnd { data += try tokens.name("a server").wire }
        return data
    }
}
