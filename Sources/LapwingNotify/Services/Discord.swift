import LapwingCore

/// A webhook of a Discord channel: one embed, with the links as buttons.
enum Discord {
    static let longestTitle = TextLength.utf16(256)
    static let longestDescription = TextLength.utf16(4096)
    /// The limits of a button's address and label, and the number of buttons in a row.
    static let longestLink = 512
    static let longestLabel = 80
    static let mostButtons = 5

    private struct Body: Encodable {
        struct Embed: Encodable {
            var title: String
            var description: String
            var url: String?
            var color: Int
            var timestamp: String
        }

        struct Row: Encodable {
            var type = 1
            var components: [Button]
        }

        /// A button that opens a link.
        struct Button: Encodable {
            var type = 2
            var style = 5
            var label: String
            var url: String
        }

        /// An `@` in a record must not notify users.
        struct Mentions: Encodable {
            var parse: [String] = []
        }

        var username = "Lapwing"
        var embeds: [Embed]
        var components: [Row]?
        var allowed_mentions = Mentions()
    }

    private static let colors: [NoticeMessage.Tone: Int] = [
        .good: 0x1D7F5C, .info: 0x5B646C, .warning: 0x9A6200, .critical: 0xBF3327,
    ]

    static func request(_ message: NoticeMessage, url: String) throws -> OutgoingRequest {
        let buttons = message.buttons(most: mostButtons, longest: longestLink)
        let embed = Body.Embed(
            title: NoticeText.fitted([message.text.glance], within: longestTitle, escape: escaped),
            description: NoticeText.fitted(
                message.text.afterGlance, links: ["Incident \(message.notice.incident)"], within: longestDescription,
                escape: escaped),
            url: message.page, color: colors[message.tone] ?? 0, timestamp: "\(message.notice.at)")
        let row = Body.Row(
            components: buttons.map { Body.Button(label: NoticeText.cut($0.label, to: longestLabel), url: $0.url) })
        // Without `wait`, Discord responds before it knows whether it stores the message; without `with_components` it
        // drops the buttons of messages that no application sends.
        let mark = url.contains("?") ? "&" : "?"
        return try OutgoingRequest(
            json: "\(url)\(mark)wait=true" + (buttons.isEmpty ? "" : "&with_components=true"),
            Body(embeds: [embed], components: buttons.isEmpty ? nil : [row]))
    }

    /// Escapes Markdown, so that it is displayed literally.
    private static func escaped(_ character: Character) -> String {
        "\\*_~`|>[]()#-+".contains(character) ? "\\\(character)" : String(character)
    }
}
