import LapwingCore
import LapwingStore

extension IncidentPages {
    /// Domains of a shared cause that its page names, and that the page of one incident does.
    static let mostDomains = 1000
    private static let fewDomains = 200

    /// The cause that an incident shares with others, and the domains that it hit meanwhile; nil where it is alone.
    func cause(_ incident: Incident) throws -> [String: Any]? {
        guard let shared = incident.shared else { return nil }
        let count = try sources.store.countMembers(ofCauseOf: incident).all
        guard count > 1 else { return nil }
        let members = try sources.store.members(ofCauseOf: incident, limit: Self.fewDomains)
        var cause: [String: Any] = [
            "name": Shown.text(shared, limit: 300), "count": Shown.count(count),
            "domains": members.map { member($0, here: incident.id) },
        ]
        if count > members.count { cause["more"] = Shown.count(count - members.count) }
        return cause
    }

    /// The one page of a cause that several domains share, told by the gravest incident of it.
    ///
    /// - Parameters:
    ///   - first: the incident that began first.
    ///   - members: the incidents of it that began first, oldest first, at most ``mostDomains``.
    func causePage(_ first: Incident, _ members: [CauseMember]) throws -> String {
        let count = try sources.store.countMembers(ofCauseOf: first)
        let open = members.filter { $0.closedAt == nil }
        // What is still so comes first, the gravest of it at the top.
        let graver = open.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
        let listed = graver.map(\.element) + members.filter { $0.closedAt != nil }
        let lead = try listed.first.flatMap { try sources.store.incident($0.id) } ?? first
        let severity = (open.isEmpty ? members : open).map(\.severity).max() ?? lead.severity
        let title = "\(Shown.cause(first.shared ?? "")): \(Shown.count(count.all)) domains"
        let text = lead.text
        var values: [String: Any] = [
            "heading": title, "id": Escape.path(first.id), "class": first.incidentClass.rawValue,
            "code": lead.code.rawValue, "headline": Shown.text(text.headline, limit: 600),
            "leadId": Escape.path(lead.id), "since": Shown.time(first.since, frame.now),
            "pillStyle": count.open == 0 ? "idle" : severity.style,
            "pill": count.open == 0 ? "✓ Over" : "\(severity.sign) \(severity.word)",
            "openCount": Shown.count(count.open), "count": Shown.count(count.all), "isOpen": count.open > 0,
            "facts": text.facts.map { Shown.text($0) },
            "rows": listed.map { member($0, here: nil) },
        ]
        if !text.grounds.isEmpty { values["grounds"] = ["list": text.grounds.map { Shown.text($0) }] }
        values["advice"] = text.advice.map { Shown.text($0) }
        values["check"] = text.check.map { Shown.text($0) }
        if count.open == 0 { values["closed"] = members.compactMap(\.closedAt).max().map { Shown.time($0, frame.now) } }
        if count.all > members.count { values["more"] = Shown.count(count.all - members.count) }
        return try frame.render("cause", title: title, path: "/incidents", values)
    }

    private func member(_ member: CauseMember, here: String?) -> [String: Any] {
        let isOpen = member.closedAt == nil
        var values: [String: Any] = [
            "domain": Shown.name(member.domain), "domainPath": Escape.path(Shown.name(member.domain)),
            "id": Escape.path(member.id), "here": member.id == here, "style": isOpen ? member.severity.style : "good",
            "word": isOpen ? "\(member.severity.sign) \(member.severity.word)" : "✓ Over",
            "opened": Shown.time(member.openedAt, frame.now),
        ]
        values["over"] = member.closedAt.map { Shown.time($0, frame.now) }
        return values
    }
}
