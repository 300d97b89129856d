/// The statuses in the value of a status line.
enum WHOISStatuses {
    static func names(in value: String) -> [String] {
        var found: [String] = []
        for part in parts(of: value) {
            let plain = withoutCode(withoutAddress(part))
            guard !nothings.contains(plain.folded) else { continue }
            if let name = EPPStatus.name(of: plain) {
                found.append(name)
            } else {
                found.append(contentsOf: several(plain) ?? [plain])
            }
        }
        return found
    }

    private static let nothings: Set<String> = ["", "-", "n/a", "none", "null", ".", "<no value>"]

    /// Lists by comma, or of EPP names by ` / `; a sentence stays one status.
    private static func parts(of value: String) -> [String] {
        if value.utf8.contains(UInt8(ascii: "/")), value.utf8.count <= 100 {
            let bySlash = value.split(separator: "/").map { String(decoding: Array($0.utf8).trimmed, as: UTF8.self) }
            if bySlash.contains(where: { EPPStatus.name(of: $0) != nil }), !value.contains("http") { return bySlash }
            return [value]
        }
        let byComma = value.split(separator: ",").map { String(decoding: Array($0.utf8).trimmed, as: UTF8.self) }
        if byComma.count > 1, byComma.allSatisfy({ $0.utf8.count <= 40 }) { return byComma }
        return [value]
    }

    /// Without the address of an explanation and without a remark in brackets behind an EPP name.
    private static func withoutAddress(_ part: String) -> String {
        var text = part[...]
        for mark in ["https://", "http://"] {
            if let bytes = text.firstPosition(of: mark) { text = text[..<bytes] }
        }
        while let last = text.last, last == " " || last == "(" || last == "\t" { text.removeLast() }
        if let open = text.firstIndex(of: "(") {
            let head = String(decoding: Array(text[..<open].utf8).trimmed, as: UTF8.self)
            if EPPStatus.name(of: head) != nil || head.folded == "connected" || head.folded == "registered" {
                return head
            }
        }
        if let dash = text.firstPosition(of: " - ") {
            let head = String(text[..<dash])
            if EPPStatus.name(of: head) != nil { return head }
        }
        return String(text)
    }

    /// `200 Active` without the number; a refusal keeps its own, which tells it from a status.
    private static func withoutCode(_ text: String) -> String {
        text.utf8.starts(with: "2".utf8) && text.utf8.prefix(3).allSatisfy(\.isDigit)
            && text.utf8.dropFirst(3).first == UInt8(ascii: " ")
            ? String(text.dropFirst(4)) : text
    }

    /// `clientHold clientTransferProhibited` or `ST_CL_UPDATEPROHIBITED` names side by side.
    private static func several(_ text: String) -> [String]? {
        let words = text.split(separator: " ")
        guard words.count >= 2, words.count <= 12 else { return nil }
        let names = words.compactMap { EPPStatus.name(of: String($0)) }
        return names.count == words.count ? names : nil
    }
}

extension Substring {
    /// Where a text begins in it; a plain scan.
    fileprivate func firstPosition(of text: String) -> Index? {
        var position = startIndex
        while position != utf8.endIndex {
            if utf8[position...].starts(with: text.utf8, by: { $0.folded == $1 }) { return position }
            position = utf8.index(after: position)
        }
        return nil
    }
}
