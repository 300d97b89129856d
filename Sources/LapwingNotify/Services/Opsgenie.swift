import LapwingCore

/// Opsgenie's Alert API v2: one alert per incident, identified by `alias`.
enum Opsgenie {
    static let longestMessage = TextLength.utf16(130)
    static let longestDescription = TextLength.utf16(15_000)
    static let longestNote = TextLength.utf16(25_000)
    static let longestAlias = 512

    private struct Alert: Encodable {
        var message: String
        var alias: String
        var description: String
        var priority: String
        var entity: String
        var source = "Lapwing"
        var tags: [String]
        var details: [String: String]
    }

    private struct Note: Encodable {
        var note: String
        var source = "Lapwing"
    }

    private struct Priority: Encodable {
        var priority: String
    }

    private static let priorities: [Severity: String] = [.info: "P5", .notice: "P4", .warning: "P3", .critical: "P1"]

    /// Returns the requests, to be sent in sequence; repeated sending creates no second alert.
    static func requests(_ message: NoticeMessage, api: String, key: String) throws -> [OutgoingRequest] {
        let notice = message.notice
        let headers = [("Authorization", "GenieKey \(key)")]
        let alias = String(notice.incident.prefix(longestAlias))
        let path = URLPart.encoded(alias)
        let one = { (act: String) in "\(api)/v2/alerts/\(path)/\(act)?identifierType=alias" }
        let text = { (length: TextLength) in message.plain(within: length) }
        guard !notice.takesOff else {
            return [try OutgoingRequest(json: one("close"), headers: headers, Note(note: text(longestNote)))]
        }
        let priority = priorities[notice.severity] ?? "P3"
        let alert = Alert(
            message: NoticeText.fitted([message.text.glance], within: longestMessage), alias: alias,
            description: text(longestDescription), priority: priority, entity: "\(notice.domain)",
            tags: ["lapwing", notice.incidentClass.rawValue],
            details: message.acts.merging(["incident": notice.incident, "class": notice.incidentClass.rawValue]) { $1 })
        let create = try OutgoingRequest(json: "\(api)/v2/alerts", headers: headers, alert)
        guard notice.event == .update else { return [create] }
        // Creating an existing alert only counts it, so the news goes into a note, and the priority needs its own
        // request.
        return [
            create, try OutgoingRequest(.put, json: one("priority"), headers: headers, Priority(priority: priority)),
            try OutgoingRequest(json: one("notes"), headers: headers, Note(note: text(longestNote))),
        ]
    }
}
