import Glibc

/// Decodes the responses of WHOIS servers.
package enum WHOISCharset {
    /// Decodes UTF-8 if the bytes are valid; otherwise the server's own charset, ISO-2022-JP if its escapes occur, or
    /// Latin-1.
    package static func text(_ bytes: [UInt8], charset: String?) -> String {
        let isJapanese = zip(bytes, bytes.dropFirst()).contains { $0 == 0x1B && $1 == UInt8(ascii: "$") }
        if isJapanese, let text = converted(bytes, from: "ISO-2022-JP") { return text }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        if let charset, charset != "ISO-8859-1", let text = converted(bytes, from: charset) { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func converted(_ bytes: [UInt8], from charset: String) -> String? {
        guard let converter = iconv_open("UTF-8//TRANSLIT", charset), Int(bitPattern: converter) != -1 else {
            return nil
        }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        let written = input.withUnsafeMutableBufferPointer { input -> Int? in
            output.withUnsafeMutableBufferPointer { output -> Int? in
                var source = input.baseAddress
                var sourceLeft = input.count
                var target = output.baseAddress
                var targetLeft = output.count
                let status = iconv(converter, &source, &sourceLeft, &target, &targetLeft)
                return status == Int.max || Int(bitPattern: UInt(bitPattern: status)) == -1
                    ? nil : output.count - targetLeft
            }
        }
        guard let written else { return nil }
        return String(decoding: output.prefix(written).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
