import LapwingCore

/// Slack's incoming webhooks, which Mattermost and Rocket.Chat also accept.
enum Slack {
    /// Slack cuts longer texts at 40,000 characters and advises against more than 4,000.
    static let longest = TextLength.utf16(4000)
    /// The limit of one block's text.
    static let longestSection = TextLength.utf16(3000)
    /// The limits of a button's label and address.
    static let longestLabel = 75
    static let longestLink = 3000

    private struct Body: Encodable {
        /// The complete text, for clients without blocks and for notifications on a phone.
        var text: String
        /// Asterisks and underscores are part of names and records, and must be displayed.
        var mrkdwn = false
        var unfurl_links = false
        var blocks: [Block]?
    }

    private struct Words: Encodable {
        var type = "plain_text"
        var text: String
        /// Colons are part of records.
        var emoji = false
    }

    private struct Block: Encodable {
        var type: String
        var text: Words?
        var elements: [Button]?
    }

    private struct Button: Encodable {
        var type = "button"
        var text: Words
        var url: String
        var action_id: String
    }

    static func request(_ message: NoticeMessage, url: String) throws -> OutgoingRequest {
        let buttons = message.buttons(most: 5, longest: longestLink)
        var body = Body(text: message.plain(within: longest, escape: escaped))
        if !buttons.isEmpty {
            let text = NoticeText.fitted(
                message.text.all, links: message.text.places(but: buttons), within: longestSection, escape: escaped)
            let elements = buttons.enumerated().map { number, link in
                Button(
                    text: Words(text: NoticeText.cut(link.label, to: longestLabel)), url: link.url,
                    action_id: "lapwing-\(number)")
            }
            body.blocks = [
                Block(type: "section", text: Words(text: text)), Block(type: "actions", elements: elements),
            ]
        }
        return try OutgoingRequest(json: url, body)
    }

    /// Escapes the three characters that begin mentions and links.
    private static func escaped(_ character: Character) -> String {
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(character)
        }
    }
}
