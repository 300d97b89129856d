import DNSWire
import LapwingCore
import LapwingStore

/// The differences between two moments: records and facts, and incidents that are new or closed.
struct Comparison {
    /// The largest number of changes that are compared, and of incidents that are listed in each group.
    static let mostChanges = 20_000
    private static let mostIncidents = 500

    var from: Timestamp
    var to: Timestamp
    /// The net change of each changed value.
    var net: [NetChange]
    /// Set if there were more changes than the limit: earlier changes are not included.
    var cutAt: Timestamp?
    /// Incidents that were opened in between and are still open.
    var began: [Incident]
    /// Incidents that were opened before and closed in between.
    var ended: [Incident]
    /// Incidents that were opened and closed in between.
    var passed: [Incident]

    /// - Parameter domains: the domains to include, as `Name.description` writes them; nil for all.
    init(from: Timestamp, to: Timestamp, domains: Set<String>?, store: SeenStore) throws {
        self.from = from
        self.to = to
        var found: [StoredChange] = []
        var place: Int64?
        var looked = 0
        while looked < Self.mostChanges {
            let page = try store.changes(before: place, limit: 500)
            looked += page.count
            found += page.filter { change in
                change.at >= from && change.at < to && domains?.contains(change.domain.description) ?? true
            }
            // Rows are in the order in which they were written, which is the order of time unless a clock was set.
            guard page.count == 500, let last = page.last, last.at >= from else { break }
            place = last.id
            if looked >= Self.mostChanges { cutAt = last.at }
        }
        net = NetChange.net(found.reversed().map { ($0.domain, $0.at, $0.change) })
        var filter = IncidentFilter()
        filter.from = from
        filter.to = to
        filter.domains = domains?.sorted()
        filter.severity = .notice
        let incidents = try store.incidents(filter, limit: Self.mostIncidents, isBrief: true)
        func isOver(_ incident: Incident) -> Bool { incident.closedAt.map { $0 < to } ?? false }
        began = incidents.filter { $0.openedAt >= from && !isOver($0) }
        ended = incidents.filter { $0.openedAt < from && isOver($0) }
        passed = incidents.filter { $0.openedAt >= from && isOver($0) }
    }

    /// Values that differ.
    var different: [NetChange] { net.filter { !$0.isBack } }
    /// Values that were changed and are as before.
    var back: [NetChange] { net.filter(\.isBack) }
}

/// The page that shows a comparison.
struct ComparePage {
    /// The largest number of rows of a table; the API returns the rest.
    private static let mostRows = 1000

    let frame: PageFrame

    /// - Parameters:
    ///   - chosen: the dates as they were entered.
    ///   - tag: the tag of the domains to include; empty for all.
    func render(_ comparison: Comparison, chosen: (from: String, to: String), tag: String, fault: String?) throws
        -> String
    {
        let different = comparison.different
        let groups: [(String, [Incident])] = [
            ("New incidents", comparison.began), ("Closed incidents", comparison.ended),
            ("Incidents opened and closed in between", comparison.passed),
        ]
        var cut: [String] = []
        if let at = comparison.cutAt {
            cut.append(
                "There are more changes than are compared here; changes before \(at.sentence) are missing.")
        }
        if different.count > Self.mostRows {
            cut.append(
                "\(Shown.count(different.count)) records differ; the first \(Shown.count(Self.mostRows)) are listed.")
        }
        let model = CompareModel(
            tabs: tabs(comparison, tag), formPath: "/compare", from: Shown.text(chosen.from, limit: 40),
            to: Shown.text(chosen.to, limit: 40), hasTags: !frame.content.roster.tags.isEmpty,
            tags: ([""] + frame.content.roster.tags).map {
                ChoiceModel(value: $0, word: $0.isEmpty ? "Any tag" : Shown.text($0), selected: $0 == tag)
            }, fault: fault,
            sentence: "Between \(comparison.from.sentence) and \(comparison.to.sentence).",
            cut: cut.isEmpty ? nil : cut.joined(separator: " "),
            rows: different.prefix(Self.mostRows).map(row), hasRows: !different.isEmpty,
            back: comparison.back.prefix(Self.mostRows).map(row), hasBack: !comparison.back.isEmpty,
            groups: groups.filter { !$0.1.isEmpty }.map { .init(title: $0.0, entries: $0.1.map(entry)) })
        return try frame.render(model, title: "Differences", path: "/incidents")
    }

    private func tabs(_ comparison: Comparison, _ tag: String) -> [TabModel] {
        let length = comparison.to.seconds(since: comparison.from)
        return [1, 3, 7, 30, 90].map { days in
            TabModel(
                path: "/compare?days=\(days)" + (tag.isEmpty ? "" : "&tag=" + Escape.query(tag)),
                word: days == 1 ? "1 day" : "\(days) days", here: length == Int64(days) * 86_400)
        }
    }

    private func row(_ net: NetChange) -> CompareModel.Row {
        let change = net.change
        let name = Shown.name(net.domain)
        let seen = change.seenBy.isEmpty ? "" : "seen by \(Narrative.plain(Change.list(change.seenBy)))"
        return CompareModel.Row(
            domain: name, path: Escape.path(name), what: "\(Shown.name(change.name)) \(change.kind)",
            old: Shown.text(Narrative.plain(Change.list(change.old)), limit: 600),
            new: Shown.text(Narrative.plain(Change.list(change.new)), limit: 600),
            last: Shown.time(net.last, frame.now),
            count: net.count > 1 ? Shown.count(net.count) : nil, seenBy: Shown.text(seen, limit: 400))
    }

    private func entry(_ incident: Incident) -> CompareModel.Entry {
        let isOver = incident.closedAt != nil
        return CompareModel.Entry(
            id: Escape.path(incident.id), style: isOver ? "idle" : incident.severity.style,
            sign: isOver ? "✓" : incident.severity.sign, severity: incident.severity.word,
            headline: Shown.text(incident.text.headline, limit: 600), began: Shown.time(incident.openedAt, frame.now),
            over: incident.closedAt.map { Shown.time($0, frame.now) })
    }
}
