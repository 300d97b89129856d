import Foundation
package import LapwingCore

/// The text of a mail (RFC 5322), in UTF-8 with 8-bit-safe encoding.
package struct MailMessage {
    package let text: String

    package init(_ notice: Notice, from: String, to: [String], base: String?) {
        let host = from.split(separator: "@").last.map { String($0.filter { $0 != ">" }) } ?? "localhost"
        let subject = (notice.event == .close ? "Over: " : "[\(notice.severity.rawValue)] ") + notice.title
        var body = notice.text
        if let base { body += "\n\n\(base)/incidents/\(notice.incident)" }
        var lines = [
            "From: \(Self.clean(from))", "To: \(to.map(Self.clean).joined(separator: ", "))",
            "Subject: \(Self.encoded(subject))", "Date: \(Self.date(notice.at))",
            "Message-ID: <\(Self.clean(notice.id))@\(host)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
        ]
        // What follows the opening hangs below it in a mail program.
        if notice.event != .open { lines.append("References: <\(Self.clean(notice.incident)).1@\(host)>") }
        let encoded = Array(Data(body.utf8).base64EncodedString())
        let wrapped = stride(from: 0, to: encoded.count, by: 76).map {
            String(encoded[$0..<min($0 + 76, encoded.count)])
        }
        text = (lines + [""] + wrapped).joined(separator: "\r\n") + "\r\n"
    }

    /// A header never takes a line break from data.
    private static func clean(_ text: String) -> String { text.filter { !$0.isNewline } }

    /// Encoded words of RFC 2047, each short enough for its line; plain ASCII stays as it is.
    private static func encoded(_ text: String) -> String {
        let text = String(clean(text).prefix(200))
        guard !text.utf8.allSatisfy({ (32..<127).contains($0) }) else { return text }
        var words: [String] = []
        var current: [UInt8] = []
        for character in text {
            let bytes = Array(String(character).utf8)
            if current.count + bytes.count > 45 {
                words.append(Data(current).base64EncodedString())
                current = []
            }
            current += bytes
        }
        words.append(Data(current).base64EncodedString())
        return words.map { "=?utf-8?B?\($0)?=" }.joined(separator: "\r\n ")
    }

    /// `Tue, 01 Dec 2026 20:00:00 +0000`
    private static func date(_ moment: Timestamp) -> String {
        let text = moment.description
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = days[Int(((moment.seconds / 86_400) % 7 + 7) % 7)]
        let month = Int(text.dropFirst(5).prefix(2)).map { months[max(0, min(11, $0 - 1))] } ?? ""
        return "\(day), \(text.dropFirst(8).prefix(2)) \(month) \(text.prefix(4)) \(text.dropFirst(11).prefix(8)) +0000"
    }
}
