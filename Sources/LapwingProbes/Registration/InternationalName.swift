import CInternationalName

/// Names in other alphabets (IDNA 2008, RFC 5891).
package enum InternationalName {
    /// The name as the DNS knows it: `bücher.example` becomes `xn--bcher-kva.example`; nil when it cannot be.
    package static func ascii(_ text: String) -> String? {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var output: UnsafeMutablePointer<CChar>?
        let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
        let status = idn2_to_ascii_8z(text, &output, flags)
        defer { idn2_free(output) }
        guard status == Int32(IDN2_OK.rawValue), let output else { return nil }
        return String(cString: output)
    }
}
