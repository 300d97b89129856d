import DNSWire

extension Narrative {
    /// Removes one dot from the end of each word that is a domain name; a full stop after it stays.
    package static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: ".")), !isOfSource(text) else { return text }
        var result: [UInt8] = []
        var word: [UInt8] = []
        for byte in text.utf8 {
            if isOfName(byte) {
                word.append(byte)
            } else {
                result += withoutFinalDot(word)
                result.append(byte)
                word.removeAll(keepingCapacity: true)
            }
        }
        return String(decoding: result + withoutFinalDot(word), as: UTF8.self)
    }

    /// Whether it is a line to remove from a source (`- `) or to add to it (`+ `), in which a final dot has a meaning.
    private static func isOfSource(_ text: String) -> Bool {
        let line = text.utf8.drop { $0 == UInt8(ascii: " ") }
        return line.starts(with: "- ".utf8) || line.starts(with: "+ ".utf8)
    }

    /// Returns the headline without the domain at its beginning, or all of it if the name is part of the sentence.
    static func matter(of headline: String, domain: Name) -> Substring {
        let lead = plain("\(domain): ")
        return headline.hasPrefix(lead) ? headline.dropFirst(lead.count) : headline[...]
    }

    private static func withoutFinalDot(_ word: [UInt8]) -> [UInt8] {
        let dot = UInt8(ascii: ".")
        guard word.last == dot else { return word }
        let body = word.dropLast()
        let core = body.last == dot ? body.dropLast() : body
        // A name has a dot inside and a last label that begins with a letter; addresses and numbers do not.
        guard let last = core.lastIndex(of: dot), last > core.startIndex, core.last != dot,
            core.count - (last - core.startIndex) > 2, isLetter(core[last + 1])
        else { return word }
        return Array(body)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }

    private static func isOfName(_ byte: UInt8) -> Bool {
        isLetter(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "*")
    }
}
