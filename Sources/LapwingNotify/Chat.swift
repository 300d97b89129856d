package import LapwingCore

/// Chats take a short text; what they allow differs.
package enum Chat {
    static let mark: [Severity: String] = [.info: "ℹ", .notice: "·", .warning: "⚠", .critical: "🔥"]

    private static func headline(_ notice: Notice) -> String {
        let what = notice.event == .close ? "✔ over: " : "\(mark[notice.severity] ?? "") \(notice.severity.rawValue): "
        return what + notice.title
    }

    /// Slack's incoming webhook, also understood by Mattermost and Rocket.Chat.
    package static func slack(_ notice: Notice, url: String, base: String?) throws -> OutgoingRequest {
        struct Message: Encodable {
            var text: String
        }
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        var text = "*\(escaped(headline(notice)))*\n\(escaped(String(notice.text.prefix(3000))))"
        if let base { text += "\n\(base)/incidents/\(notice.incident)" }
        return OutgoingRequest(
            url: url, headers: [("Content-Type", "application/json")], body: try JSON.encode(Message(text: text)))
    }

    /// A bot's message: at most 4,096 characters.
    package static func telegram(_ notice: Notice, api: String, token: String, chat: String) throws -> OutgoingRequest {
        struct Message: Encodable {
            var chat_id: String
            var text: String
            var disable_web_page_preview = true
        }
        let text = String("\(headline(notice))\n\n\(notice.text)".prefix(4000))
        return OutgoingRequest(
            url: "\(api)/bot\(token)/sendMessage", headers: [("Content-Type", "application/json")],
            body: try JSON.encode(Message(chat_id: chat, text: text)))
    }
}
