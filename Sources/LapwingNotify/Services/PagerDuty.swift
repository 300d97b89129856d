import LapwingCore

/// PagerDuty's Events API v2: one PagerDuty incident per incident, identified by `dedup_key`.
enum PagerDuty {
    static let longestSummary = TextLength.utf16(1024)
    static let longestKey = 255
    /// An event may have 512 KB.
    static let longestText = TextLength.bytes(64_000)

    private struct Event: Encodable {
        struct Payload: Encodable {
            var summary: String
            var source: String
            var severity: String
            var timestamp: String
            var `class`: String
            var custom_details: [String: String]
        }

        struct Link: Encodable {
            var href: String
            var text: String
        }

        var routing_key: String
        var event_action: String
        var dedup_key: String
        var payload: Payload
        var links: [Link]
        var client = "Lapwing"
        var client_url: String?
    }

    static func request(_ message: NoticeMessage, url: String, key: String) throws -> OutgoingRequest {
        let notice = message.notice
        let details = [
            "text": NoticeText.fitted(message.text.all, within: longestText), "incident": notice.incident,
        ]
        return try OutgoingRequest(
            json: url,
            Event(
                routing_key: key, event_action: notice.takesOff ? "resolve" : "trigger",
                dedup_key: String(notice.incident.prefix(longestKey)),
                payload: Event.Payload(
                    summary: NoticeText.fitted([message.text.headline], within: longestSummary),
                    source: "\(notice.domain)",
                    severity: notice.severity == .notice ? "info" : notice.severity.rawValue,
                    timestamp: "\(notice.at)", class: notice.incidentClass.rawValue, custom_details: details),
                links: message.text.links.map { Event.Link(href: $0.url, text: $0.label) }, client_url: message.page))
    }
}
