/// Formats the address prefixes of an APL record.
enum PrefixText {
    static func text(_ data: inout ReplyCursor) throws(ReplyFault) -> String {
        var prefixes: [String] = []
        while !data.isAtEnd {
            let family = try data.short()
            let length = Int(try data.byte())
            let mark = try data.byte()
            guard let size = family == 1 ? 4 : family == 2 ? 16 : nil, length <= size * 8 else { throw .badData }
            let bytes = try data.bytes(Int(mark & 0x7f))
            guard bytes.count <= size, bytes.last != 0 else { throw .badData }
            let address = Array(bytes) + [UInt8](repeating: 0, count: size - bytes.count)
            let shown = family == 1 ? Presentation.address4(address[...]) : Presentation.address6(address[...])
            prefixes.append("\(mark & 0x80 != 0 ? "!" : "")\(family):\(shown)/\(length)")
        }
        return prefixes.joined(separator: " ")
    }
}
