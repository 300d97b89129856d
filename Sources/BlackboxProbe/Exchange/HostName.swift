/// Go's rules for host names, which are checked before any query.
package enum HostName {
    /// Whether the text consists of labels of letters, digits, hyphens and underscores, with at least one character
    /// that is not a digit; a trailing dot is allowed.
    ///
    /// `0x7f.1` is a name by these rules, though the system's resolver would parse it as an address; `127.1` is
    /// neither.
    package static func isDomainName(_ text: String) -> Bool {
        if text == "." { return true }
        let bytes = Array(text.utf8)
        let dot = UInt8(ascii: ".")
        guard !bytes.isEmpty, bytes.count < 254 || bytes.count == 254 && bytes.last == dot else { return false }
        let labels = (bytes.last == dot ? bytes.dropLast() : bytes[...]).split(
            separator: dot, omittingEmptySubsequences: false)
        let hyphen = UInt8(ascii: "-")
        let areSound = labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                && label.allSatisfy { isDigit($0) || isLetter($0) || $0 == hyphen }
        }
        return areSound && bytes.contains { isLetter($0) || $0 == hyphen }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == UInt8(ascii: "_")
    }
}

/// The addresses in `/etc/hosts`, which take precedence over DNS, in the order of the file.
///
/// Go finds a name with several labels there with or without a trailing dot, and with any characters; the system's
/// resolver does neither, and sorts the addresses.
package enum HostsFile {
    private static let path = "/etc/hosts"
    /// The largest file that is read, in bytes.
    private static let largest = 4 << 20

    /// Returns the addresses in the file's order, without duplicates.
    package static func addresses(of host: String, in text: String) -> [HostAddress] {
        let wanted = key(host)
        var found: [HostAddress] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
            guard let first = words.first, words.dropFirst().contains(where: { key(String($0)) == wanted }),
                let address = HostAddress(String(first)), !found.contains(address)
            else { continue }
            found.append(address)
        }
        return found
    }

    static func addresses(of host: String) -> [HostAddress] {
        guard let text = FileText.read(path, most: largest) else { return [] }
        return addresses(of: host, in: text)
    }

    private static func key(_ name: String) -> String {
        let lower = String(decoding: name.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        return lower.contains(".") && !lower.hasSuffix(".") ? lower + "." : lower
    }
}
