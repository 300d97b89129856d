import Foundation

/// Base64 for addresses and tokens: without padding, and with `-` and `_` (RFC 4648 section 5).
package enum Base64URL {
    /// Encodes bytes.
    package static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Decodes a text; nil for anything else, including a text with padding or line breaks.
    package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard isPlain, text.utf8.count % 4 != 1 else { return nil }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let usual = String(text).replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let data = Data(base64Encoded: usual) else { return nil }
        let bytes = Array(data)
        // Only the canonical encoding is accepted: unused bits could be set otherwise.
        return self.text(bytes) == text ? bytes : nil
    }
}
