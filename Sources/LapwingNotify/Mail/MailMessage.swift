import Foundation
package import LapwingCore

/// A mail about a notice (RFC 5322): plain text and HTML, in UTF-8 with an encoding that every relay accepts.
struct MailMessage {
    let text: String

    /// The longest subject in characters.
    private static let longestSubject = 200
    private static let longest = TextLength.bytes(200_000)

    /// - Parameter file: the attachment.
    init(_ message: NoticeMessage, from: String, to: [String], file: MailAttachment? = nil) {
        let notice = message.notice
        let host = MailAddress.host(of: from)
        let boundary = "=_lapwing_\(MailIdentifier.local(notice.commonID).suffix(40))"
        var headers = [
            "From: \(Self.clean(from))", "To: \(to.map(Self.clean).joined(separator: ",\r\n "))",
            "Subject: \(Self.encoded(NoticeText.cut(message.text.headline, to: Self.longestSubject)))",
            "Date: \(Self.date(notice.at))", "Message-ID: \(MailIdentifier.of(notice, host: host))",
        ]
        // Later mails are threaded below the opening one.
        if let opening = MailIdentifier.opening(of: notice, host: host) {
            headers += ["In-Reply-To: \(opening)", "References: \(opening)"]
        }
        headers += [
            "Auto-Submitted: auto-generated", "X-Lapwing-Incident: \(Self.clean(notice.incident))",
            "X-Lapwing-Event: \(notice.event.rawValue)", "X-Lapwing-Severity: \(notice.severity.rawValue)",
            "X-Lapwing-Class: \(notice.incidentClass.rawValue)", "X-Lapwing-Domain: \(notice.domain)",
            "MIME-Version: 1.0",
        ]
        let kind = "Content-Type: multipart/alternative; boundary=\"\(boundary)\""
        let remark = file.map { _ in Wording(notice.language ?? .english)[.attached] }
        let words = message.plain(within: Self.longest) + (remark.map { "\n\($0)" } ?? "")
        let plain = Self.part("text/plain", words, boundary)
        let html = Self.part("text/html", MailPage.html(message, remark: remark), boundary)
        let body = plain + html + "--\(boundary)--\r\n"
        guard let file else {
            text = (headers + [kind, "", ""]).joined(separator: "\r\n") + body
            return
        }
        let outer = boundary + "_file"
        headers += ["Content-Type: multipart/mixed; boundary=\"\(outer)\"", "", "--\(outer)", kind, "", ""]
        text = headers.joined(separator: "\r\n") + body + Self.part(file, outer) + "--\(outer)--\r\n"
    }

    private static func part(_ file: MailAttachment, _ boundary: String) -> String {
        let lines = [
            "--\(boundary)", "Content-Type: \(file.type); name=\"\(file.name)\"",
            "Content-Disposition: attachment; filename=\"\(file.name)\"", "Content-Transfer-Encoding: base64", "",
            encoded(Data(file.bytes)),
        ]
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func encoded(_ data: Data) -> String {
        data.base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
    }

    private static func part(_ type: String, _ text: String, _ boundary: String) -> String {
        let lines = [
            "--\(boundary)", "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", "",
            encoded(Data(text.utf8)),
        ]
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// Removes line breaks, so that data cannot add headers.
    private static func clean(_ text: String) -> String { text.filter { !$0.isNewline } }

    /// Returns encoded words (RFC 2047), each short enough for its line; plain ASCII stays as it is if it fits.
    private static func encoded(_ text: String) -> String {
        let text = clean(text)
        guard text.utf8.count > 900 || !text.utf8.allSatisfy({ (32..<127).contains($0) }) || text.contains("=?") else {
            return text
        }
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

/// Message identifiers (RFC 5322 §3.6.4), derived from event and channel, so that later mails can refer to earlier
/// ones.
package enum MailIdentifier {
    /// Returns the identifier of the mail about a notice.
    package static func of(_ notice: Notice, host: String) -> String { "<\(local(notice.commonID))@\(host)>" }

    /// Returns the identifier of the mail about the first event of the notice's incident; nil for the first notice
    /// itself.
    package static func opening(of notice: Notice, host: String) -> String? {
        // Reports are not threaded.
        guard notice.purpose != .report else { return nil }
        let first = "\(notice.incident).1@\(notice.channel)"
        return first == notice.commonID ? nil : "<\(local(first))@\(host)>"
    }

    /// Keeps letters, digits and other characters that are allowed before the `@` without quotes; encodes other bytes
    /// as numbers.
    static func local(_ id: String) -> String {
        var text = ""
        for byte in id.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"):
                text.append(Character(Unicode.Scalar(byte)))
            case UInt8(ascii: ".") where !text.hasSuffix(".") && !text.isEmpty: text.append(".")
            case UInt8(ascii: "@"): text.append(text.isEmpty || text.hasSuffix(".") ? "at." : ".at.")
            default: text.append("=\(String(byte, radix: 16, uppercase: true))")
            }
        }
        return text.hasSuffix(".") ? text + "0" : text
    }
}

/// The parts of an address in a header, `Lapwing <lapwing@example.com>`.
enum MailAddress {
    /// Returns the address for the relay, without the name.
    static func bare(_ address: String) -> String {
        guard let open = address.lastIndex(of: "<"), let close = address.lastIndex(of: ">"), open < close else {
            return address.filter { !$0.isWhitespace }
        }
        return String(address[address.index(after: open)..<close])
    }

    static func host(of address: String) -> String {
        let host = bare(address).split(separator: "@").last.map(String.init) ?? ""
        let fits = !host.isEmpty && host.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: ">") }
        return fits ? host : "localhost"
    }
}
