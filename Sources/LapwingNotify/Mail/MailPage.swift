import LapwingCore

/// The HTML part of a mail: the text of the plain part, with changes in a table. It loads nothing from the network.
package enum MailPage {
    private static let mostChanges = 40
    private static let mostValues = 20
    private static let colors: [NoticeMessage.Tone: String] = [
        .good: "#1d7f5c", .info: "#5b646c", .warning: "#9a6200", .critical: "#bf3327",
    ]
    /// Inline styles for cells and monospaced values, since mail programs drop style sheets.
    private static let cell = "style=\"padding:4px 10px 4px 0;text-align:left;vertical-align:top\""
    private static let button =
        "style=\"display:inline-block;margin:0 8px 8px 0;padding:8px 14px;border:1px solid #5b646c;border-radius:4px;"
        + "color:#1d2733;text-decoration:none\""
    private static let value = "style=\"font-family:monospace;word-break:break-all\""

    /// Returns the whole page; all external texts are escaped.
    ///
    /// - Parameter remark: a last sentence; nil for none.
    package static func html(_ message: NoticeMessage, remark: String? = nil) -> String {
        let text = message.text
        let language = message.notice.language ?? .english
        var blocks = [
            "<h1 style=\"font-size:18px;margin:0 0 12px;color:\(colors[message.tone] ?? "#000")\">"
                + "\(HTMLText.escaped(text.headline))</h1>"
        ]
        if let advice = text.advice { blocks.append("<p><b>Do:</b> \(HTMLText.escaped(advice))</p>") }
        blocks.append(changes(message.notice.changes))
        blocks += text.details.map(paragraph)
        if let remark { blocks.append("<p>\(HTMLText.escaped(remark))</p>") }
        blocks.append("<p>\(text.links.map(link).joined(separator: "\n"))</p>")
        if text.links.isEmpty { blocks.append("<p>Incident \(HTMLText.escaped(text.incident))</p>") }
        return
            "<!doctype html>\n<html lang=\"\(language.tag)\" dir=\"\(language.direction)\"><head><meta charset=\"utf-8\"><title>\(HTMLText.escaped(text.glance))</title></head>\n"
            + "<body style=\"font-family:sans-serif;font-size:14px;line-height:1.45;max-width:720px\">\n"
            + blocks.filter { !$0.isEmpty }.joined(separator: "\n") + "\n</body></html>\n"
    }

    /// Formats `Why: …` with the word in bold, and a command so that it can be copied.
    private static func paragraph(_ line: String) -> String {
        for word in ["Why:", "Not:", "Check:"] where line.hasPrefix(word + " ") {
            let rest = HTMLText.escaped(String(line.dropFirst(word.count + 1)))
            return word == "Check:" ? "<p><b>\(word)</b> <code>\(rest)</code></p>" : "<p><b>\(word)</b> \(rest)</p>"
        }
        return "<p>\(HTMLText.escaped(line))</p>"
    }

    private static func link(_ link: NoticeText.Link) -> String {
        "<a \(button) href=\"\(HTMLText.escaped(link.url))\">\(HTMLText.escaped(link.label))</a>"
    }

    private static func changes(_ changes: [Change]) -> String {
        guard !changes.isEmpty else { return "" }
        let rows = changes.prefix(mostChanges).map { change in
            "<tr><td \(cell)>\(HTMLText.escaped("\(change.name) \(change.kind)"))</td>"
                + "<td \(cell)>\(values(change.old))</td><td \(cell)>\(values(change.new))</td>"
                + "<td \(cell)>\(HTMLText.escaped(change.seenBy.prefix(mostValues).joined(separator: ", ")))</td></tr>"
        }
        let head = ["What", "Before", "Now", "Seen by"].map { "<th \(cell)>\($0)</th>" }.joined()
        let more = changes.count > mostChanges ? "<p>and \(changes.count - mostChanges) more</p>" : ""
        return
            "<table style=\"border-collapse:collapse\"><tr>\(head)</tr>\n\(rows.joined(separator: "\n"))</table>\(more)"
    }

    private static func values(_ values: [String]) -> String {
        values.isEmpty
            ? "none"
            : values.prefix(mostValues).map { "<span \(value)>\(HTMLText.escaped($0))</span>" }.joined(
                separator: "<br>")
                + (values.count > mostValues ? "<br>and \(values.count - mostValues) more" : "")
    }
}
