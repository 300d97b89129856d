/// Formats the parameters of an SVCB or HTTPS record; every value is in quotes.
enum ServiceParameterText {
    private static let keys = [
        "mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp",
    ]

    /// Returns all parameters, separated by spaces, or nil if there are none.
    ///
    /// Keys must ascend.
    static func text(_ data: inout ReplyCursor) throws(ReplyFault) -> String? {
        var parameters: [String] = []
        var last = -1
        while !data.isAtEnd {
            let key = try data.short()
            let length = Int(try data.short())
            guard Int(key) > last, key != 65535 else { throw .badData }
            last = Int(key)
            parameters.append(name(key) + "=\"" + (try value(key, try data.bytes(length))) + "\"")
        }
        return parameters.isEmpty ? nil : parameters.joined(separator: " ")
    }

    private static func name(_ key: UInt16) -> String {
        key < keys.count ? keys[Int(key)] : key == 65535 ? "" : "key\(key)"
    }

    private static func value(_ key: UInt16, _ bytes: ArraySlice<UInt8>) throws(ReplyFault) -> String {
        switch key {
        case 0:
            guard bytes.count % 2 == 0 else { throw .badData }
            return pieces(bytes, of: 2).map { name(UInt16($0[$0.startIndex]) << 8 | UInt16($0[$0.startIndex + 1])) }
                .joined(separator: ",")
        case 1: return try protocols(bytes)
        case 2, 8:
            guard bytes.isEmpty else { throw .badData }
            return ""
        case 3:
            guard bytes.count == 2 else { throw .badData }
            return String(UInt16(bytes[bytes.startIndex]) << 8 | UInt16(bytes[bytes.startIndex + 1]))
        case 4:
            guard !bytes.isEmpty, bytes.count % 4 == 0 else { throw .badData }
            return pieces(bytes, of: 4).map(Presentation.address4).joined(separator: ",")
        case 5: return Presentation.base64(bytes)
        case 6:
            guard !bytes.isEmpty, bytes.count % 16 == 0 else { throw .badData }
            let addresses = pieces(bytes, of: 16)
            // An IPv4-mapped address is not accepted as an IPv6 address here, and makes the whole message unreadable.
            guard !addresses.contains(where: Presentation.isMapped) else { throw .badData }
            return addresses.map(Presentation.address6).joined(separator: ",")
        default: return Presentation.escaped(bytes, also: [UInt8(ascii: ";"), UInt8(ascii: " ")])
        }
    }

    /// Returns the protocol names, separated by commas; a comma or backslash inside a name is escaped twice.
    private static func protocols(_ bytes: ArraySlice<UInt8>) throws(ReplyFault) -> String {
        var names: [String] = []
        var rest = bytes
        while let length = rest.popFirst() {
            guard length <= rest.count else { throw .badData }
            var name = ""
            for byte in rest.prefix(Int(length)) {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: " "):
                    name += "\\" + String(UnicodeScalar(byte))
                case UInt8(ascii: ","): name += #"\\\044"#
                case UInt8(ascii: "\\"): name += #"\\\092"#
                case 0x20...0x7e: name.unicodeScalars.append(UnicodeScalar(byte))
                default: name += Presentation.decimalEscape(byte)
                }
            }
            names.append(name)
            rest = rest.dropFirst(Int(length))
        }
        return names.joined(separator: ",")
    }

    private static func pieces(_ bytes: ArraySlice<UInt8>, of length: Int) -> [ArraySlice<UInt8>] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: length).map { bytes[$0..<$0 + length] }
    }
}
