/// What counts as a host name before any name server is asked, by the rules of Go's resolver.
package enum HostName {
    /// Letters, digits, hyphens and underscores in labels, with one that is no digit somewhere; the last dot may be given.
    ///
    /// `0x7f.1` is a name by these rules, though the system's resolver would take it for an address; `127.1` is neither.
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

/// The addresses in `/etc/hosts`, which come before any name server's, in the order of the file.
///
/// Go finds a name of several labels there whether or not it ends in a dot, and whatever characters it has; the system's
/// resolver does neither, and sorts.
package enum HostsFile {
    private static let path = "/etc/hosts"
    /// Larger files are not read; in bytes.
    private static let largest = 4 << 20

    /// In the file's order, without repetitions.
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
