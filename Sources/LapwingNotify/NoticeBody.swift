import LapwingCore

/// The JSON of a notice for webhooks; the member names are fixed.
package struct NoticeBody: Encodable, Sendable {
    struct Subject: Encodable {
        var name: String
        var type: String
    }

    struct Change: Encodable {
        var name: String
        var type: String
        var old: [String]
        var new: [String]
        var seen_by: [String]
    }

    var version = 1
    var id: String
    var incident: String
    var event: String
    var `class`: String
    var severity: String
    var page: Bool
    var domain: String
    var domains: [String]
    var subject: Subject?
    var title: String
    var text: String
    var headline: String
    var message: String
    var changes: [Change]
    var since: String
    var at: String
    var url: String?
    /// `reverted` if all changes of the incident are undone while watching continues.
    var state: String?
    /// The reason for sending, unless it is a new event: `digest`, `reminder`, `escalation`, `fallback`, `test`.
    var purpose: String?
    /// Addresses for the reader's actions: `accept`, `acknowledge`, `silence`.
    var links: [String: String]?

    package init(_ message: NoticeMessage) {
        let notice = message.notice
        id = notice.id
        incident = notice.incident
        event = notice.event.rawValue
        self.class = notice.incidentClass.rawValue
        severity = notice.severity.rawValue
        page = notice.page
        domain = "\(notice.domain)"
        domains = notice.domains.map { "\($0)" }
        subject = notice.subject.map { Subject(name: "\($0.name)", type: "\($0.type)") }
        title = notice.title
        text = notice.text
        headline = message.text.headline
        self.message = message.text.text
        changes = notice.changes.map {
            Change(name: "\($0.name)", type: "\($0.kind)", old: $0.old, new: $0.new, seen_by: $0.seenBy)
        }
        since = "\(notice.since)"
        at = "\(notice.at)"
        url = message.page
        state = notice.isBack == true ? "reverted" : nil
        purpose = notice.purpose?.rawValue
        let acts = message.acts
        links = acts.isEmpty ? nil : acts
    }
}
