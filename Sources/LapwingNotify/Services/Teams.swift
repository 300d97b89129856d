import LapwingCore

/// A workflow of Microsoft Teams ("when a webhook request is received"), which posts an adaptive card.
enum Teams {
    /// Teams accepts 28 KB per message, which includes the card and its JSON.
    static let longest = TextLength.bytes(12_000)
    static let mostLines = 60

    private struct Body: Encodable {
        struct Attachment: Encodable {
            var contentType = "application/vnd.microsoft.card.adaptive"
            var content: Card
        }

        var type = "message"
        var attachments: [Attachment]
    }

    private struct Card: Encodable {
        enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case type, version, msteams, body, actions
        }

        var schema = "http://adaptivecards.io/schemas/adaptive-card.json"
        var type = "AdaptiveCard"
        // The version that Teams supports on phones too.
        var version = "1.4"
        var msteams = ["width": "Full"]
        var body: [Block]
        var actions: [Action]
    }

    /// Text runs are displayed literally, while a `TextBlock` would interpret records as Markdown.
    private struct Block: Encodable {
        struct Run: Encodable {
            var type = "TextRun"
            var text: String
            var weight: String?
            var size: String?
            var color: String?
        }

        var type = "RichTextBlock"
        var inlines: [Run]
        var spacing = "Small"
    }

    private struct Action: Encodable {
        var type = "Action.OpenUrl"
        var title: String
        var url: String
    }

    private static let colors: [NoticeMessage.Tone: String] = [
        .good: "Good", .info: "Default", .warning: "Warning", .critical: "Attention",
    ]

    static func request(_ message: NoticeMessage, url: String) throws -> OutgoingRequest {
        let text = NoticeText.fitted(
            message.text.afterGlance, links: ["Incident \(message.notice.incident)"], within: longest)
        let lines = text.split(separator: "\n", maxSplits: mostLines).map { line in
            Block(inlines: [Block.Run(text: String(line))])
        }
        let title = Block(
            inlines: [
                Block.Run(text: message.text.glance, weight: "Bolder", size: "Medium", color: colors[message.tone])
            ])
        // A card displays at most six actions.
        let actions = message.text.links.prefix(6).map { Action(title: $0.label, url: $0.url) }
        let card = Card(body: [title] + lines, actions: actions)
        return try OutgoingRequest(json: url, Body(attachments: [Body.Attachment(content: card)]))
    }
}
