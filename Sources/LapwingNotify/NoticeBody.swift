package import LapwingCore

/// The JSON of a notice as every webhook receives it; the member names are fixed.
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
    var changes: [Change]
    var since: String
    var at: String
    var url: String?

    /// - Parameter base: where the web page is reached, without a final slash; nil leaves `url` out.
    package init(_ notice: Notice, base: String?) {
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
        changes = notice.changes.map {
            Change(name: "\($0.name)", type: $0.kind, old: $0.old, new: $0.new, seen_by: $0.seenBy)
        }
        since = "\(notice.since)"
        at = "\(notice.at)"
        url = base.map { "\($0)/incidents/\(notice.incident)" }
    }
}
