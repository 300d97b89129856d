/// The ports of WKS (RFC 1035 section 3.4.2), one bit each.
enum ServicePorts {
    static func text(_ bitmap: ArraySlice<UInt8>) -> String {
        var ports: [String] = []
        for (index, byte) in bitmap.enumerated() where byte != 0 {
            for bit in 0..<8 where byte & (0x80 >> UInt8(bit)) != 0 { ports.append(String(index * 8 + bit)) }
        }
        return ports.joined(separator: " ")
    }

    static func parse(_ tokens: inout TokenReader) throws(ZoneTextError) -> [UInt8] {
        var bitmap: [UInt8] = []
        while !tokens.isAtEnd {
            let port = Int(try tokens.number("a port", limit: 0xFFFF))
            while bitmap.count <= port / 8 { bitmap.append(0) }
            bitmap[port / 8] |= 0x80 >> UInt8(port % 8)
        }
        return bitmap
    }
}
