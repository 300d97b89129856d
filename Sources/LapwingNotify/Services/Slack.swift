import LapwingCore

/// Slack's incoming webhooks, which Mattermost and Rocket.Chat understand too.
enum Slack {
    /// Slack cuts longer texts at 40,000 characters and advises against more than 4,000.
    static let longest = TextLength.utf16(4000)
    /// Of the text of one block.
    static let longestSection = TextLength.utf16(3000)
    /// Of a button's words and of its address.
    static let longestLabel = 75
    static let longestLink = 3000

    private struct Body: Encodable {
        /// All of it: for those who know no blocks, and for what a phone shows.
        var text: String
        /// Asterisks and underscores are part of names and records, and are to be shown.
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

    /// The three characters that begin mentions and links.
    private static func escaped(_ character: Character) -> String {
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(character)
        }
    }
}
