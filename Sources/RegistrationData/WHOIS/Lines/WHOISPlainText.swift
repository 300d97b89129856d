/// The text of an answer without what only its way of transport added: other line ends, marks of HTML, odd blanks.
struct WHOISPlainText {
    /// Lines end in a line feed.
    private(set) var bytes: [UInt8]
    /// Whether a page was sent where text was due, as web servers and proxies do.
    let isPage: Bool

    init(_ text: String) {
        let raw = Array(text.utf8)
        let start = raw.prefix { $0.isBlank || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") || $0 >= 0x80 }
        isPage = Self.pageStarts.begins(raw[start.count...].prefix(64).map(\.folded))
        bytes = Self.withPlainBlanks(raw)
        if isPage || Self.marks.occurs(in: bytes) { bytes = Self.withoutMarks(bytes) }
        if Self.isDoubled(bytes) { bytes = Self.halved(bytes) }
    }

    private static let pageStarts = PhraseTable(["<!doctype", "<html", "<?xml", "<head", "<body"])
    private static let marks = PhraseTable([
        "<br>", "<br/>", "<br />", "<BR>", "<pre>", "<PRE>", "</td>", "</p>", "</li>",
    ])

    /// A line feed for every line end, a blank for the blanks of other writings, nothing for a byte order mark.
    private static func withPlainBlanks(_ raw: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            switch byte {
            case UInt8(ascii: "\r"):
                let run = raw[index...].prefix { $0 == UInt8(ascii: "\r") }.count
                index += run
                // CR LF and CR CR LF are one line end, a CR alone is one too.
                if index == raw.count || raw[index] != UInt8(ascii: "\n") {
                    plain.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: run))
                }
                continue
            case 0xC2 where index + 1 < raw.count && raw[index + 1] == 0xA0:
                plain.append(UInt8(ascii: " "))
                index += 2
                continue
            case 0xE3 where raw[index...].prefix(3).elementsEqual([0xE3, 0x80, 0x80]):
                plain.append(UInt8(ascii: " "))
                index += 3
                continue
            case 0xEF where raw[index...].prefix(3).elementsEqual([0xEF, 0xBB, 0xBF]):
                index += 3
                continue
            case 0xEF where raw[index...].prefix(3).elementsEqual([0xEF, 0xBC, 0x9A]):
                // The wide colon.
                plain.append(UInt8(ascii: ":"))
                index += 3
                continue
            default:
                plain.append(byte)
            }
            index += 1
        }
        return plain
    }

    /// Marks of up to 200 bytes are left out, those that end a line end it, and entities are what they stand for.
    private static func withoutMarks(_ text: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "<"), index + 1 < text.count,
                text[index + 1].isLetter || text[index + 1] == UInt8(ascii: "/")
                    || text[index + 1] == UInt8(ascii: "!"),
                let end = text[index...].prefix(200).firstIndex(of: UInt8(ascii: ">"))
            {
                if lineEnds.begins(text[(index + 1)..<end].map(\.folded)), plain.last != UInt8(ascii: "\n") {
                    plain.append(UInt8(ascii: "\n"))
                }
                index = end + 1
            } else if byte == UInt8(ascii: "&"),
                let end = text[index...].prefix(8).firstIndex(of: UInt8(ascii: ";")),
                let meant = entities[String(decoding: text[(index + 1)..<end], as: UTF8.self)]
            {
                plain.append(meant)
                index = end + 1
            } else {
                plain.append(byte)
                index += 1
            }
        }
        return plain
    }

    private static let lineEnds = PhraseTable(["br", "/p", "/div", "/tr", "/li", "/h", "/title", "hr", "/pre", "/dd"])
    private static let entities: [String: UInt8] = [
        "amp": UInt8(ascii: "&"), "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"), "quot": UInt8(ascii: "\""),
        "apos": UInt8(ascii: "'"), "#39": UInt8(ascii: "'"), "#x27": UInt8(ascii: "'"), "nbsp": UInt8(ascii: " "),
    ]

    /// Whether an empty line follows every line, which takes the meaning from empty lines.
    private static func isDoubled(_ text: [UInt8]) -> Bool {
        var filled = 0
        var wasFilled = false
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let isFilled = line.contains { !$0.isBlank }
            if isFilled, wasFilled { return false }
            wasFilled = isFilled
            filled += isFilled ? 1 : 0
        }
        return filled >= 8
    }

    private static func halved(_ text: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        var empty = 0
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.contains(where: { !$0.isBlank }) {
                plain.append(contentsOf: line + [UInt8(ascii: "\n")])
                empty = 0
            } else {
                empty += 1
                if empty > 1, empty.isMultiple(of: 2) == false { plain.append(UInt8(ascii: "\n")) }
            }
        }
        return plain
    }
}
