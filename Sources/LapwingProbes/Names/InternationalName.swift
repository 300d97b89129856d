import CInternationalName
package import DNSWire

/// Domain names as entered by users, in any script.
package enum InternationalName {
    /// Parses a name; labels outside ASCII become A-labels by IDNA 2008 with the mappings of UTS #46; nil if it is no
    /// valid name.
    package static func parse(_ text: String) -> Name? {
        guard let ascii = ascii(text), let name = try? Name(ascii) else { return nil }
        return name
    }

    /// Returns the ASCII form; nil if the name is not allowed.
    package static func ascii(_ text: String) -> String? {
        if text.utf8.allSatisfy({ $0 < 128 }) { return text }
        guard text.utf8.count <= 1024 else { return nil }
        var result: UnsafeMutablePointer<CChar>?
        let flags = Int32(IDN2_NONTRANSITIONAL.rawValue | IDN2_NFC_INPUT.rawValue)
        guard idn2_to_ascii_8z(text, &result, flags) == Int32(IDN2_OK.rawValue), let result else { return nil }
        defer { idn2_free(result) }
        return String(cString: result)
    }

    /// Returns the Unicode form; A-labels that cannot be decoded stay as they are.
    package static func unicode(_ name: Name) -> String {
        let ascii = name.description
        guard ascii.lowercased().contains("xn--") else { return ascii }
        var result: UnsafeMutablePointer<CChar>?
        guard idn2_to_unicode_8z8z(ascii, &result, 0) == Int32(IDN2_OK.rawValue), let result else { return ascii }
        defer { idn2_free(result) }
        return String(cString: result)
    }
}
