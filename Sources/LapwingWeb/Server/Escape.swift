/// Percent-encoding for the two places of addresses that need it.
enum Escape {
    /// Escapes one segment of a path.
    static func path(_ text: String) -> String { escape(text, plain: "-._~!$&()*+,;=:@") }

    /// Escapes a value in a query.
    static func query(_ text: String) -> String { escape(text, plain: "-._~") }

    private static func escape(_ text: String, plain: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = UnicodeScalar(byte)
            let isLetter = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            if isLetter || plain.unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result += "%" + (hex.count < 2 ? "0" : "") + hex
            }
        }
        return result
    }
}
