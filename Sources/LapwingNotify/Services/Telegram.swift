import LapwingCore

/// A Telegram bot: `sendMessage` with plain text, so that nothing in a record is markup, with the links as buttons
/// below.
enum Telegram {
    static let longest = TextLength.utf16(4096)
    /// The longest address of a button; all buttons together have 10 KB.
    static let longestLink = 2000

    private struct Body: Encodable {
        struct Button: Encodable {
            var text: String
            var url: String
        }

        struct Keyboard: Encodable {
            /// Rows of buttons.
            var inline_keyboard: [[Button]]
        }

        var chat_id: String
        var text: String
        var disable_web_page_preview = true
        var reply_markup: Keyboard?
    }

    static func request(_ message: NoticeMessage, api: String, token: String, chat: String) throws -> OutgoingRequest {
        let buttons = message.buttons(most: 4, longest: longestLink)
        let text = NoticeText.fitted(message.text.all, links: message.text.places(but: buttons), within: longest)
        let all = buttons.map { Body.Button(text: NoticeText.cut($0.label, to: 60), url: $0.url) }
        // The page has its own row, and the actions are side by side.
        let rows = [Array(all.prefix(1)), Array(all.dropFirst())].filter { !$0.isEmpty }
        return try OutgoingRequest(
            json: "\(api)/bot\(token)/sendMessage",
            Body(
                chat_id: chat, text: text, reply_markup: rows.isEmpty ? nil : Body.Keyboard(inline_keyboard: rows)))
    }
}
