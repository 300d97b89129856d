/// How a service counts the length of a text.
package enum TextLength: Sendable, Hashable {
    case characters(Int)
    /// What UTF-16 needs: services in JavaScript and Java count so.
    case utf16(Int)
    case bytes(Int)

    var limit: Int {
        switch self {
        case .characters(let limit), .utf16(let limit), .bytes(let limit): limit
        }
    }

    func size(of text: String) -> Int {
        switch self {
        case .characters: text.count
        case .utf16: text.utf16.count
        case .bytes: text.utf8.count
        }
    }
}

extension NoticeText {
    /// Lines and then links as one text that a service takes; where it is too long the lines are cut, never the links.
    ///
    /// - Parameters:
    ///   - length: what the service takes, after escaping.
    ///   - escape: writes a character so that the service shows it as it is.
    package static func fitted(
        _ lines: [String], links: [String] = [], within length: TextLength, escape: (Character) -> String = String.init
    ) -> String {
        let end = links.map { $0.map(escape).joined() }.joined(separator: "\n")
        // A link that does not fit whole leads nowhere.
        let keepsEnd = !end.isEmpty && length.size(of: end) < length.limit
        let mark = "…"
        let room = length.limit - (keepsEnd ? length.size(of: end) + 1 : 0)
        let most = room - length.size(of: mark)
        var text = ""
        var used = 0
        // The longest beginning that leaves room for the mark.
        var isCut = false
        var kept = 0
        for character in lines.joined(separator: "\n") {
            let escaped = escape(character)
            used += length.size(of: escaped)
            guard used <= room else {
                isCut = true
                break
            }
            text += escaped
            if used <= most { kept = text.utf8.count }
        }
        if isCut { text = String(decoding: text.utf8.prefix(kept), as: UTF8.self) + mark }
        return keepsEnd ? "\(text)\n\(end)" : text
    }
}
