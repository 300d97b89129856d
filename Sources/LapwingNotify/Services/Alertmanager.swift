package import LapwingCore

/// Alertmanager's API v2. What identifies an alert are its labels, so nothing that varies is among them.
package enum Alertmanager {
    /// Seconds for which an alert holds unless it is sent again: what is no longer repeated ends by itself.
    package static let holds: Int64 = 300

    private struct Alert: Encodable {
        var labels: [String: String]
        var annotations: [String: String]
        var startsAt: String
        var endsAt: String
        var generatorURL: String?
    }

    /// - Parameter now: from when on the alert holds.
    package static func request(_ message: NoticeMessage, url: String, at now: Timestamp) throws -> OutgoingRequest {
        let notice = message.notice
        let until = notice.takesOff ? min(notice.at, now) : now.adding(seconds: holds)
        var annotations = [
            "summary": message.text.headline,
            "description": NoticeText.fitted(message.text.all, within: .bytes(64_000)),
            "class": notice.incidentClass.rawValue, "severity": notice.severity.rawValue,
        ]
        annotations.merge(message.acts) { known, _ in known }
        let alert = Alert(
            labels: ["alertname": "LapwingIncident", "domain": "\(notice.domain)", "incident": notice.incident],
            annotations: annotations,
            // An alert that ends before it begins is refused, as it may after a clock was set.
            startsAt: "\(min(notice.since, until))", endsAt: "\(until)", generatorURL: message.page)
        return try OutgoingRequest(json: "\(url)/api/v2/alerts", [alert])
    }
}
