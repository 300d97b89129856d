package import LapwingCore

/// Alertmanager's API v2. An alert is identified by its labels, so these contain nothing that varies.
package enum Alertmanager {
    /// Seconds until an alert expires unless it is sent again, so that it ends if the repetitions stop.
    package static let holds: Int64 = 300

    private struct Alert: Encodable {
        var labels: [String: String]
        var annotations: [String: String]
        var startsAt: String
        var endsAt: String
        var generatorURL: String?
    }

    /// - Parameter now: the start of the alert's validity.
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
            // An alert that ends before it begins would be refused; this could happen after a clock was set.
            startsAt: "\(min(notice.since, until))", endsAt: "\(until)", generatorURL: message.page)
        return try OutgoingRequest(json: "\(url)/api/v2/alerts", [alert])
    }
}
