package import LapwingCore

/// Services that call people out, and Alertmanager, which routes to them.
package enum Pager {
    /// PagerDuty's Events API v2: one incident there for one here, by `dedup_key`.
    package static func pagerDuty(_ notice: Notice, url: String, key: String, base: String?) throws -> OutgoingRequest {
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
            var text = "Lapwing"
        }
        struct Event: Encodable {
            var routing_key: String
            var event_action: String
            var dedup_key: String
            var payload: Payload
            var links: [Link]
        }
        let severity = notice.severity == .notice ? "info" : notice.severity.rawValue
        let event = Event(
            routing_key: key, event_action: notice.event == .close ? "resolve" : "trigger",
            dedup_key: String(notice.incident.prefix(255)),
            payload: Payload(
                summary: String(notice.title.prefix(1024)), source: "\(notice.domain)", severity: severity,
                timestamp: "\(notice.at)", class: notice.incidentClass.rawValue, custom_details: ["text": notice.text]),
            links: base.map { [Link(href: "\($0)/incidents/\(notice.incident)")] } ?? [])
        return OutgoingRequest(url: url, headers: [("Content-Type", "application/json")], body: try JSON.encode(event))
    }

    /// Alertmanager's API v2. What identifies the alert are its labels, so nothing that varies is among them.
    package static func alertmanager(_ notice: Notice, url: String, base: String?) throws -> OutgoingRequest {
        struct Alert: Encodable {
            var labels: [String: String]
            var annotations: [String: String]
            var startsAt: String
            var endsAt: String?
            var generatorURL: String?
        }
        let alert = Alert(
            labels: [
                "alertname": "LapwingIncident", "domain": "\(notice.domain)", "incident": notice.incident,
                "class": notice.incidentClass.rawValue, "severity": notice.severity.rawValue,
            ],
            annotations: ["summary": notice.title, "description": notice.text], startsAt: "\(notice.since)",
            endsAt: notice.event == .close ? "\(notice.at)" : "\(notice.at.adding(seconds: 7 * 86_400))",
            generatorURL: base.map { "\($0)/incidents/\(notice.incident)" })
        let root = url.hasSuffix("/") ? String(url.dropLast()) : url
        return OutgoingRequest(
            url: "\(root)/api/v2/alerts", headers: [("Content-Type", "application/json")],
            body: try JSON.encode([alert]))
    }
}
