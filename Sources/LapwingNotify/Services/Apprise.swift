import LapwingCore

/// The API server of Apprise, with the services that are configured there under a key.
enum Apprise {
    /// Apprise shortens texts for each service; this is the largest limit of any of them.
    static let longest = TextLength.bytes(32_000)

    private struct Body: Encodable {
        var title: String
        var body: String
        var type: String
        var format = "text"
        var tag: String?
    }

    private static let types: [NoticeMessage.Tone: String] = [
        .good: "success", .info: "info", .warning: "warning", .critical: "failure",
    ]

    static func request(_ message: NoticeMessage, url: String, tag: String?) throws -> OutgoingRequest {
        try OutgoingRequest(
            json: url,
            Body(
                title: message.text.glance, body: message.rest(within: longest), type: types[message.tone] ?? "info",
                tag: tag),
            meanings: [
                // The message reached no receiver.
                204: .refused("HTTP 204: nothing is configured at this address of Apprise"),
                424: .tryAgain(reason: "HTTP 424: a service behind Apprise did not take it", after: nil),
            ])
    }
}
