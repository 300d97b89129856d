import DNSWire
import LapwingCore
import LapwingStore

/// The board and the list of domains: the same table, worst first.
struct BoardPage {
    static let rowsPerPage = 50

    struct Query {
        var text = ""
        var condition: DomainCondition?
        var tag = ""
        var offset = 0
    }

    let frame: PageFrame
    let sources: WebSources

    func render(_ query: Query, path: String) throws -> String {
        let matching = Self.matching(query, in: frame.content)
        let offset = min(max(0, query.offset), max(0, matching.count - 1)) / Self.rowsPerPage * Self.rowsPerPage
        let shown = matching[offset..<min(matching.count, offset + Self.rowsPerPage)]
        let rows = try shown.map { try row(frame.content.entries[$0]) }
        let end = offset + shown.count
        var values: [String: Any] = [
            "counters": counters(query), "rows": rows, "hasRows": !rows.isEmpty, "query": Shown.text(query.text),
            "formPath": path, "states": states(query), "empty": empty, "hasPages": matching.count > Self.rowsPerPage,
            "range": "\(Shown.count(offset + 1)) to \(Shown.count(end)) of \(Shown.count(matching.count))",
        ]
        if offset > 0 { values["previous"] = link(path, query, offset - Self.rowsPerPage) }
        if end < matching.count { values["next"] = link(path, query, end) }
        let tags = Set(frame.content.entries.lazy.flatMap(\.tags)).sorted().prefix(200)
        if !tags.isEmpty {
            values["hasTags"] = true
            values["tags"] = ([""] + tags).map { tag -> [String: Any] in
                ["value": tag, "word": tag.isEmpty ? "Any tag" : Shown.text(tag), "selected": tag == query.tag]
            }
        }
        if let stage = sources.stage, path == "/" {
            values["stage"] = ["events": stage.events.map { ["id": $0.id, "title": $0.title] }]
        }
        return frame.render("board", title: path == "/" ? "Board" : "Domains", path: path, values)
    }

    /// Places of the entries that fit, in the board's order.
    static func matching(_ query: Query, in content: BoardIndex.Content) -> [Int] {
        let needle = query.text.lowercased()
        return content.entries.indices.filter { index in
            let entry = content.entries[index]
            return (query.condition == nil || entry.condition == query.condition)
                && (query.tag.isEmpty || entry.tags.contains(query.tag))
                && (needle.isEmpty || entry.text.lowercased().contains(needle))
        }
    }

    private var empty: String {
        frame.content.entries.isEmpty
            ? "No domain is watched yet. Name some in lapwing.yml, or check one and watch it."
            : "No domain fits."
    }

    private func counters(_ query: Query) -> [[String: Any]] {
        let counts = frame.content.counts
        let numbers: [(DomainCondition, String)] = [
            (.failing, "failing now"), (.warning, "with warnings"), (.healthy, "healthy"),
        ]
        var counters = numbers.map { condition, word -> [String: Any] in
            let count = counts[condition] ?? 0
            return [
                "count": Shown.count(count), "word": word, "path": "/domains?state=\(condition.rawValue)",
                "style": count > 0 || condition == .healthy ? condition.style : "",
                "chosen": query.condition == condition,
            ]
        }
        let learning = counts[.learning] ?? 0
        let overdue = frame.content.overdue
        counters.append([
            "count": Shown.count(overdue > 0 ? overdue : learning),
            "word": overdue > 0 ? "overdue checks" : "being learnt",
            "path": "/domains?state=learning", "style": overdue > 0 ? "warn" : learning > 0 ? "note" : "",
            "chosen": query.condition == .learning,
        ])
        return counters
    }

    private func states(_ query: Query) -> [[String: Any]] {
        let any: [String: Any] = ["value": "", "word": "Any state", "selected": query.condition == nil]
        return [any]
            + DomainCondition.allCases.map {
                ["value": $0.rawValue, "word": $0.word, "selected": $0 == query.condition]
            }
    }

    private func link(_ path: String, _ query: Query, _ offset: Int) -> String {
        var parts: [String] = []
        if !query.text.isEmpty { parts.append("q=" + Escape.query(query.text)) }
        if let condition = query.condition { parts.append("state=" + condition.rawValue) }
        if !query.tag.isEmpty { parts.append("tag=" + Escape.query(query.tag)) }
        if offset > 0 { parts.append("from=\(offset)") }
        return path + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
    }

    private func row(_ entry: BoardIndex.Entry) throws -> [String: Any] {
        var row: [String: Any] = [
            "style": entry.condition.style, "sign": entry.condition.sign, "word": entry.condition.word,
            "name": Shown.name(entry.domain), "path": Escape.path(Shown.name(entry.domain)), "finding": finding(entry),
            "seen": seen(entry),
        ]
        if let unicode = Shown.unicodeName(entry.domain) {
            row["unicode"] = ["text": unicode.text, "isMixed": unicode.isMixed] as [String: Any]
        }
        let open = entry.live?.open.filter { $0.severity >= .notice } ?? []
        if open.count > 1 { row["more"] = open.count - 1 }
        let closed = try sources.store.incidents(of: entry.domain, limit: 12).filter { $0.closedAt != nil }
        row["bar"] = HistoryBar.svg(incidents: closed + open, since: entry.live?.learntAt, now: frame.now)
        if let worst = entry.worst, worst.severity >= .notice { row["since"] = Shown.time(worst.since, frame.now) }
        return row
    }

    private func finding(_ entry: BoardIndex.Entry) -> String {
        if let worst = entry.worst, worst.severity >= .notice { return Shown.text(worst.text.headline, limit: 300) }
        guard let live = entry.live else { return "Waiting for its first check." }
        if live.learntAt == nil { return "Being learnt." }
        return "All well, checked \(Shown.ago(live.checkedAt, frame.now))."
    }

    private func seen(_ entry: BoardIndex.Entry) -> String {
        guard let worst = entry.worst, worst.severity >= .notice else { return "" }
        let places = Set(worst.changes.flatMap(\.seenBy) + worst.evidence.map { $0.source.label })
        switch places.count {
        case 0: return ""
        case 1: return Shown.text(places.first ?? "", limit: 60)
        default: return "\(places.count) places"
        }
    }
}
