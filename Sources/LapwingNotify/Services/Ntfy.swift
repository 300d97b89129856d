import LapwingCore

/// A topic of ntfy, published as JSON.
enum Ntfy {
    /// Longer messages become an attachment.
    static let longest = TextLength.bytes(4096)

    private struct Body: Encodable {
        struct Action: Encodable {
            var action = "view"
            var label: String
            var url: String
        }

        var topic: String
        var title: String
        var message: String
        var priority: Int
        var tags: [String]
        var click: String?
        var actions: [Action]
    }

    /// 5 overrides do-not-disturb, 2 makes no sound.
    private static let priorities: [NoticeMessage.Tone: Int] = [.good: 3, .info: 3, .warning: 4, .critical: 5]
    /// Emoji short names.
    private static let tags: [NoticeMessage.Tone: String] = [
        .good: "white_check_mark", .info: "information_source", .warning: "warning", .critical: "rotating_light",
    ]

    static func request(_ message: NoticeMessage, server: String, topic: String, token: String?) throws
        -> OutgoingRequest
    {
        // A notification has at most three buttons; a tap on the message opens the incident's page.
        let acts = Array(message.text.links.dropFirst().prefix(3))
        let actions = acts.map { Body.Action(label: $0.label, url: $0.url) }
        return try OutgoingRequest(
            json: server, headers: token.map { [("Authorization", "Bearer \($0)")] } ?? [],
            Body(
                topic: topic, title: message.text.glance, message: message.rest(within: longest, buttons: acts),
                priority: priorities[message.tone] ?? 3, tags: tags[message.tone].map { [$0] } ?? [],
                click: message.page, actions: actions))
    }
}
