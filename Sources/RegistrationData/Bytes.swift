extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    /// ASCII letters and every byte of a character beyond ASCII.
    var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") || self >= 0x80 }
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
    var folded: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
}

extension BidirectionalCollection<UInt8> where SubSequence: BidirectionalCollection<UInt8> {
    /// Without blanks at both ends.
    var trimmed: SubSequence {
        var rest = self[startIndex...]
        while let first = rest.first, first.isBlank { rest = rest.dropFirst() }
        while let last = rest.last, last.isBlank { rest = rest.dropLast() }
        return rest
    }
}

extension [UInt8] {
    /// Without blanks at both ends, and without quotes around all of it, as those have it who write lists for programs:
    /// `"value",`.
    var unquoted: ArraySlice<UInt8> {
        let plain = trimmed
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        guard let quote = plain.first, quotes.contains(quote) else { return plain }
        var inner = plain.dropFirst()
        while let last = inner.last, last == UInt8(ascii: ",") || last == UInt8(ascii: ";") || last.isBlank {
            inner = inner.dropLast()
        }
        guard inner.last == quote, inner.filter({ $0 == quote }).count == 1 else { return plain }
        return inner.dropLast().trimmed
    }
}

extension String {
    /// ASCII letters lowered, runs of blanks made one, ends trimmed.
    var folded: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        for byte in utf8 {
            if byte.isBlank {
                if let last = bytes.last, last != UInt8(ascii: " ") { bytes.append(UInt8(ascii: " ")) }
            } else {
                bytes.append(byte.folded)
            }
        }
        if bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
