import DNSWire
import LapwingCore
import LapwingStore

/// The board and the list of domains: the same table, worst first.
struct BoardPage {
    static let rowsPerPage = 50

    let frame: PageFrame
    let sources: WebSources

    func render(_ selection: BoardSelection, path: String) throws -> String {
        let content = frame.content
        let piece = selection.piece(of: content, count: Self.rowsPerPage)
        let entries = piece.rows.map(content.entry(row:))
        let past = try sources.store.incidents(
            of: entries.map(\.domain), closedAfter: frame.now.adding(seconds: -HistoryBar.seconds))
        let rows = entries.map { row($0, past: past[$0.domain] ?? []) }
        let end = piece.before + rows.count
        var values: [String: Any] = [
            "counters": counters(selection), "rows": rows, "hasRows": !rows.isEmpty,
            "query": Shown.text(selection.text), "formPath": path, "states": states(selection), "empty": empty,
            "hasPages": piece.total > rows.count,
            "range": "\(Shown.count(piece.before + 1)) to \(Shown.count(end)) of \(Shown.count(piece.total))",
        ]
        if piece.before > 0, let first = piece.rows.first {
            values["previous"] = link(path, selection, "before", content.position(first))
        }
        if end < piece.total, let last = piece.rows.last {
            values["next"] = link(path, selection, "after", content.position(last))
        }
        if !content.roster.tags.isEmpty {
            values["hasTags"] = true
            values["tags"] = ([""] + content.roster.tags).map { tag -> [String: Any] in
                ["value": tag, "word": tag.isEmpty ? "Any tag" : Shown.text(tag), "selected": tag == selection.tag]
            }
        }
        if let stage = sources.stage, path == "/" {
            values["stage"] = self.stage(stage)
        }
        values["addable"] = sources.add != nil && path == "/domains"
        return frame.render("board", title: path == "/" ? "Board" : "Domains", path: path, values)
    }

    /// The latest things that happened in a demonstration's world, beside the buttons.
    private func stage(_ stage: Stage) -> [String: Any] {
        let happened = stage.happened().suffix(5).reversed().map { moment -> [String: Any] in
            let link = Escape.path(moment.domain)
            return [
                "at": Shown.time(moment.at, frame.now), "clock": String(moment.at.description.dropFirst(11).prefix(5)),
                "domain": moment.domain, "path": link, "text": moment.text,
            ]
        }
        let events = stage.events().map { event -> [String: Any] in
            ["id": event.id, "title": event.title, "isUnderWay": event.isUnderWay]
        }
        return ["events": events, "happened": happened]
    }

    private var empty: String {
        frame.content.order.isEmpty
            ? "No domain is watched yet. Name some in lapwing.yml, or check one and watch it."
            : "No domain fits."
    }

    private func counters(_ query: BoardSelection) -> [[String: Any]] {
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

    private func states(_ query: BoardSelection) -> [[String: Any]] {
        let any: [String: Any] = ["value": "", "word": "Any state", "selected": query.condition == nil]
        return [any]
            + DomainCondition.allCases.map {
                ["value": $0.rawValue, "word": $0.word, "selected": $0 == query.condition]
            }
    }

    private func link(
        _ path: String, _ selection: BoardSelection, _ direction: String, _ position: BoardPosition
    ) -> String {
        var parts: [String] = []
        if !selection.text.isEmpty { parts.append("q=" + Escape.query(selection.text)) }
        if let condition = selection.condition { parts.append("state=" + condition.rawValue) }
        if !selection.tag.isEmpty { parts.append("tag=" + Escape.query(selection.tag)) }
        parts.append("\(direction)=" + Escape.query(position.text))
        return path + "?" + parts.joined(separator: "&")
    }

    private func row(_ entry: BoardIndex.Entry, past: [Incident]) -> [String: Any] {
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
        row["bar"] = HistoryBar.svg(incidents: past + open, since: entry.live?.learntAt, now: frame.now)
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
