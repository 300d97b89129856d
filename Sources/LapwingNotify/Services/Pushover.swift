import LapwingCore

/// A message over Pushover.
enum Pushover {
    static let longest = TextLength.utf16(1024)
    /// The longest link in characters.
    static let longestLink = 512

    private struct Body: Encodable {
        var token: String
        var user: String
        var title: String
        var message: String
        var priority: Int
        var timestamp: Int64
        var url: String?
        var url_title: String?
    }

    /// 1 overrides quiet hours, -1 makes no sound.
    private static let priorities: [NoticeMessage.Tone: Int] = [.good: 0, .info: -1, .warning: 0, .critical: 1]

    static func request(_ message: NoticeMessage, api: String, token: String, user: String) throws -> OutgoingRequest {
        let link = message.text.links.first { $0.url.count <= longestLink }
        let text = NoticeText.fitted(
            message.text.afterGlance, links: ["Incident \(message.notice.incident)"], within: longest)
        return try OutgoingRequest(
            json: "\(api)/1/messages.json",
            Body(
                token: token, user: user, title: message.text.glance, message: text,
                priority: priorities[message.tone] ?? 0, timestamp: message.notice.at.seconds, url: link?.url,
                url_title: link.map { String($0.label.prefix(100)) }))
    }
}
