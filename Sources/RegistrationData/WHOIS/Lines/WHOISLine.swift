/// One line of a WHOIS answer, taken apart.
struct WHOISLine {
    /// Leading blanks; a tab counts as eight.
    var indent: Int
    /// Without the blanks at both ends.
    var text: String
    var isComment: Bool

    var isBlank: Bool { text.isEmpty }

    /// The lines of an answer: at most 8,000 of at most 1,000 bytes, control characters left out.
    static func all(of answer: WHOISPlainText) -> [WHOISLine] {
        answer.bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 8000, omittingEmptySubsequences: false)
            .prefix(8000).map { WHOISLine(raw: $0.prefix(1000)) }
    }

    private init(raw: some Collection<UInt8>) {
        var indent = 0
        var start = raw.startIndex
        while start != raw.endIndex, raw[start].isBlank {
            indent += raw[start] == UInt8(ascii: "\t") ? 8 : 1
            start = raw.index(after: start)
        }
        var bytes = raw[start...].filter { $0 >= 0x20 || $0 == UInt8(ascii: "\t") }
        while let last = bytes.last, last.isBlank { bytes.removeLast() }
        self.indent = indent
        text = String(decoding: bytes, as: UTF8.self)
        isComment = Self.isComment(bytes)
    }

    private static func isComment(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first else { return false }
        switch first {
        case UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: ";"): return true
        case UInt8(ascii: ">"): return bytes.starts(with: Array(">>".utf8))
        case UInt8(ascii: "-"): return bytes.starts(with: Array("--".utf8))
        // The notices of JPRS stand in brackets from end to end.
        case UInt8(ascii: "["): return bytes.count > 70 && bytes.last == UInt8(ascii: "]")
        default: return false
        }
    }

    /// The text behind the marks of a comment, for wordings that registries put into comments.
    var uncommented: Substring {
        Substring(text.utf8.drop { Self.marks.contains($0) })
    }

    private static let marks = Array("%#;>*- ".utf8)
}

extension String {
    /// Where a leader of dots begins; a plain scan of the first 80 bytes.
    fileprivate func range(ofLeader leader: [UInt8]) -> Index? {
        var position = startIndex
        for _ in 0..<80 where position < utf8.endIndex {
            if utf8[position...].starts(with: leader) { return position }
            position = utf8.index(after: position)
        }
        return nil
    }
}

/// A label with what stands behind it.
struct WHOISEntry {
    var label: WHOISLabel
    var value: String
    /// Written as `[Label]`.
    var isBracketed = false

    /// The entry a line holds; nil for a heading without a mark, a bare value or prose.
    init?(_ text: String) {
        if let entry = Self.bracketed(text) ?? Self.dotted(text) ?? Self.marked(text) ?? Self.columned(text)
            ?? Self.equated(text)
        {
            self = entry
        } else {
            return nil
        }
    }

    private init(label: some StringProtocol, value: some StringProtocol, isBracketed: Bool = false) {
        self.label = WHOISLabel(label)
        self.value = String(decoding: Array(value.utf8).unquoted, as: UTF8.self)
        self.isBracketed = isBracketed
    }

    /// `[Domain Name]   EXAMPLE.JP`, `a. [Domain Name]   EXAMPLE.CO.JP`, `a [Domain Name] example.my`.
    private static func bracketed(_ text: String) -> WHOISEntry? {
        guard let open = text.utf8.firstIndex(of: UInt8(ascii: "[")),
            let close = text.utf8.firstIndex(of: UInt8(ascii: "]")), open < close
        else { return nil }
        let lead = text[..<open].utf8.filter { !$0.isBlank && $0 != UInt8(ascii: ".") }
        guard lead.count <= 1, lead.allSatisfy(\.isLetter) else { return nil }
        return WHOISEntry(
            label: text[text.index(after: open)..<close], value: text[text.index(after: close)...], isBracketed: true)
    }

    /// `Label#. . . . . . value`.
    private static func dotted(_ text: String) -> WHOISEntry? {
        guard text.utf8.prefix(90).count(where: { $0 == UInt8(ascii: ".") }) >= 3 else { return nil }
        if let start = text.range(ofLeader: Array(". . . ".utf8)) {
            let value = text[start...].drop { ". :".contains($0) }
            return WHOISEntry(label: text[..<start].filter { $0 != "#" && $0 != ":" }, value: value)
        }
        // `Expiration Date..... : 2027-03-02` has its own mark. `Expiration Date..... 2027-03-02`: only for labels that are known, for dots also stand for something left out.
        guard let start = text.range(ofLeader: Array("...".utf8)) else { return nil }
        let rest = text[start...].drop { $0 == "." || $0 == " " }
        guard rest.first != ":" else {
            return start == text.startIndex ? nil : WHOISEntry(label: text[..<start], value: rest.dropFirst())
        }
        let entry = WHOISEntry(label: text[..<start], value: rest)
        return entry.label.field == nil ? nil : entry
    }

    /// `Label: value`, `Label......: value`, `Label:.....value`.
    private static func marked(_ text: String) -> WHOISEntry? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let label = text[..<colon]
        guard label.utf8.count <= 60, !label.isEmpty, !text[colon...].hasPrefix("://") else { return nil }
        let rest = text[text.index(after: colon)...]
        // The colon of a clock time, as in `Record expires on Sun Mar 30 23:59:00 2014`, or of an address.
        if let next = rest.utf8.first, next.isDigit, let last = label.utf8.last, last.isDigit { return nil }
        guard label.utf8.contains(where: \.isLetter), !WHOISHosts.isName(followedByMore: text) else { return nil }
        var value = rest.hasPrefix("..") ? rest.drop { $0 == "." } : rest
        // The tag of a YAML mapping, as in `registrar: !Registrar`, is no value.
        if value.hasPrefix(" !") { value = "" }
        guard label.utf8.split(separator: UInt8(ascii: " ")).count <= 9 else { return nil }
        return WHOISEntry(label: label, value: value)
    }

    /// `Expires = 2027-03-02`, `domain="example.com"`: only for labels that are known.
    private static func equated(_ text: String) -> WHOISEntry? {
        guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "=")), mark != text.startIndex,
            text[..<mark].utf8.count <= 40
        else { return nil }
        let entry = WHOISEntry(label: text[..<mark], value: text[text.index(after: mark)...])
        return entry.label.field == nil ? nil : entry
    }

    /// `Domain-name     example.sk`, `Domain name<tab>example.ch`: only for labels that are known.
    private static func columned(_ text: String) -> WHOISEntry? {
        let bytes = Array(text.utf8)
        guard
            let gap = bytes.indices.first(where: {
                bytes[$0] == UInt8(ascii: "\t")
                    || bytes[$0] == UInt8(ascii: " ") && $0 + 1 < bytes.count && bytes[$0 + 1] == UInt8(ascii: " ")
            }), gap > 0, gap <= 40
        else { return nil }
        let entry = WHOISEntry(
            label: String(decoding: bytes[..<gap], as: UTF8.self), value: String(decoding: bytes[gap...], as: UTF8.self)
        )
        return entry.label.field == nil ? nil : entry
    }
}
