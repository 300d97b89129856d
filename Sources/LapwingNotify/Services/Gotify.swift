import LapwingCore

/// An application of a Gotify server.
enum Gotify {
    /// Gotify documents no limit; this is more than a phone displays.
    static let longest = TextLength.bytes(16_000)

    private struct Body: Encodable {
        var title: String
        var message: String
        var priority: Int
        var extras: [String: [String: [String: String]]]
    }

    /// From 8 on the phone rings, from 4 on it makes a sound.
    private static let priorities: [NoticeMessage.Tone: Int] = [.good: 4, .info: 3, .warning: 5, .critical: 8]

    static func request(_ message: NoticeMessage, url: String, token: String) throws -> OutgoingRequest {
        let click = message.page.map { ["client::notification": ["click": ["url": $0]]] } ?? [:]
        return try OutgoingRequest(
            json: "\(url)/message", headers: [("X-Gotify-Key", token)],
            Body(
                title: message.text.glance, message: message.rest(within: longest),
                priority: priorities[message.tone] ?? 3, extras: click))
    }
}
