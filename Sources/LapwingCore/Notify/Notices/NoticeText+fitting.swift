extension NoticeText {
    /// Returns lines followed by links as one text of limited length; if it is too long, the lines are cut, never the
    /// links.
    ///
    /// - Parameters:
    ///   - length: the limit of the service, which applies after escaping.
    ///   - escape: returns a character in the form in which the service shows it literally.
    package static func fitted(
        _ lines: [String], links: [String] = [], within length: TextLength, escape: (Character) -> String = String.init
    ) -> String {
        let end = links.map { $0.map(escape).joined() }.joined(separator: "\n")
        // A truncated link would not work.
        let keepsEnd = !end.isEmpty && length.size(of: end) < length.limit
        let mark = "…"
        let room = length.limit - (keepsEnd ? length.size(of: end) + 1 : 0)
        let most = room - length.size(of: mark)
        var text = ""
        var used = 0
        // The longest prefix that leaves room for the mark.
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
