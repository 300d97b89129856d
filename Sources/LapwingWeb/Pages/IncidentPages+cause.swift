import LapwingCore
import LapwingStore

extension IncidentPages {
    /// The largest number of domains that the page of a shared cause names, and the page of a single incident.
    static let mostDomains = 1000
    private static let fewDomains = 200

    /// The cause that an incident shares with others, and the affected domains; nil if it shares none.
    func cause(_ incident: Incident) throws -> IncidentModel.Cause? {
        guard let shared = incident.shared else { return nil }
        let count = try sources.store.countMembers(ofCauseOf: incident).all
        guard count > 1 else { return nil }
        let members = try sources.store.members(ofCauseOf: incident, limit: Self.fewDomains)
        return IncidentModel.Cause(
            name: Shown.text(shared, limit: 300), count: Shown.count(count),
            domains: members.map { member in
                IncidentModel.Cause.Member(
                    domain: Shown.name(member.domain), id: Escape.path(member.id), here: member.id == incident.id,
                    style: Self.style(member), word: Self.word(member))
            }, more: count > members.count ? Shown.count(count - members.count) : nil)
    }

    /// The page of a cause that several domains share, represented by the most severe of its incidents.
    ///
    /// - Parameters:
    ///   - first: the incident that was opened first.
    ///   - members: the earliest incidents of the cause, oldest first, at most ``mostDomains``.
    func causePage(_ first: Incident, _ members: [CauseMember]) throws -> String {
        let count = try sources.store.countMembers(ofCauseOf: first)
        let open = members.filter { $0.closedAt == nil }
        // Open incidents come first, the most severe at the top.
        let graver = open.enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
        let listed = graver.map(\.element) + members.filter { $0.closedAt != nil }
        let lead = try listed.first.flatMap { try sources.store.incident($0.id) } ?? first
        let severity = (open.isEmpty ? members : open).map(\.severity).max() ?? lead.severity
        let title = "\(Shown.cause(first.shared ?? "")): \(Shown.count(count.all)) domains"
        let text = lead.text
        let ended = count.open == 0 ? members.compactMap(\.closedAt).max() : nil
        let model = CauseModel(
            id: Escape.path(first.id), heading: title, pillStyle: count.open == 0 ? "idle" : severity.style,
            pill: count.open == 0 ? "✓ Closed" : "\(severity.sign) \(severity.word)",
            class: first.incidentClass.rawValue, code: lead.code.rawValue, since: Shown.time(first.since, frame.now),
            closed: ended.map { Shown.time($0, frame.now) }, isOpen: count.open > 0, openCount: Shown.count(count.open),
            count: Shown.count(count.all), advice: text.advice.map { Shown.text($0) },
            check: text.check.map { Shown.text($0) }, leadId: Escape.path(lead.id),
            headline: Shown.text(text.headline, limit: 600), facts: text.facts.map { Shown.text($0) },
            grounds: text.grounds.isEmpty ? nil : IncidentModel.Grounds(list: text.grounds.map { Shown.text($0) }),
            rows: listed.map(row), more: count.all > members.count ? Shown.count(count.all - members.count) : nil)
        return try frame.render(model, title: title, path: "/incidents")
    }

    private func row(_ member: CauseMember) -> CauseModel.Row {
        CauseModel.Row(
            style: Self.style(member), word: Self.word(member), domain: Shown.name(member.domain),
            domainPath: Escape.path(Shown.name(member.domain)), id: Escape.path(member.id),
            opened: Shown.time(member.openedAt, frame.now), over: member.closedAt.map { Shown.time($0, frame.now) })
    }

    private static func style(_ member: CauseMember) -> String {
        member.closedAt == nil ? member.severity.style : "good"
    }

    private static func word(_ member: CauseMember) -> String {
        member.closedAt == nil ? "\(member.severity.sign) \(member.severity.word)" : "✓ Closed"
    }
}
