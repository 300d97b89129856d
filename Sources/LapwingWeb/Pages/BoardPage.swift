import DNSWire
import LapwingCore
import LapwingStore

/// The board, worst first, and the table of domains.
struct BoardPage {
    static let rowsPerPage = 50

    let frame: PageFrame
    let sources: WebSources
    /// A domain that was just taken out and can be put back.
    var stopped: Name?

    func render(_ selection: BoardSelection, path: String) throws -> String {
        let content = frame.content
        let piece = try piece(selection, path)
        let entries = piece.rows.map(content.entry(row:))
        let past = try sources.store.incidents(
            of: entries.map(\.domain), closedAfter: frame.now.adding(seconds: -HistoryBar.seconds))
        let now = sources.now()
        let silences = try sources.store.silences(at: now).filter { $0.from <= now }
        let rows = try zip(piece.rows, entries).map { number, entry in
            if let members = piece.members[number], let row = causeRow(members, silences) { return row }
            var row = row(entry, past: past[entry.domain] ?? [], silences)
            if path == "/domains" { try addFacts(entry, to: &row) }
            return row
        }
        let end = piece.before + rows.count
        var values: [String: Any] = [
            "counters": counters(selection), "rows": rows, "hasRows": !rows.isEmpty,
            "query": Shown.text(selection.text), "formPath": path, "states": states(selection), "empty": empty,
            "hasPages": piece.total > rows.count,
            "range": "\(Shown.count(piece.before + 1)) to \(Shown.count(end)) of \(Shown.count(piece.total))",
        ]
        if piece.before > 0, let first = piece.rows.first {
            values["previous"] = link(path, selection, "before", content.position(first).text, page: -1)
        }
        if end < piece.total, let last = piece.rows.last {
            values["next"] = link(path, selection, "after", content.position(last).text, page: 1)
        }
        if path == "/domains" { order(selection, path, &values) }
        if !content.roster.tags.isEmpty {
            values["hasTags"] = true
            values["tags"] = ([""] + content.roster.tags).map { tag -> [String: Any] in
                ["value": tag, "word": tag.isEmpty ? "Any tag" : Shown.text(tag), "selected": tag == selection.tag]
            }
        }
        if let stage = sources.stage, path == "/" {
            values["stage"] = self.stage(stage)
        }
        if let stopped {
            values["stopped"] = ["name": Shown.name(stopped), "path": Escape.path(Shown.name(stopped))]
        }
        let health = content.figures.health
        if path == "/", !health.isEmpty {
            values["health"] = ["rows": health.prefix(Self.mostHealths).map(self.health)]
        }
        values["addable"] = sources.add != nil
        values["isNew"] = frame.content.order.isEmpty
        return path == "/"
            ? try frame.render("board", title: "Board", path: path, values)
            : try frame.render("domains", title: "Domains", path: path, values)
    }

    /// The ways to sort the table: by its headings, and as a list where a narrow page has no headings.
    private func order(_ selection: BoardSelection, _ path: String, _ values: inout [String: Any]) {
        func way(_ order: BoardSelection.Order) -> String {
            var other = selection
            other.order = order
            other.page = 1
            return link(path, other)
        }
        values["orders"] = BoardSelection.Order.allCases.map { order -> [String: Any] in
            ["path": way(order), "word": order.rawValue, "here": order == selection.order]
        }
        let heads: [(String, BoardSelection.Order?)] = [
            ("Status", .status), ("Domain", .name), ("Tags", .tags), ("Registered until", .expiry), ("Registrar", nil),
            ("DNSSEC", nil), ("Last checked", nil),
        ]
        values["heads"] = heads.map { title, order -> [String: Any] in
            var head: [String: Any] = ["title": title, "here": order == selection.order]
            head["path"] = order.map(way)
            return head
        }
        values["isOrdered"] = selection.order != .status
        values["order"] = selection.order.rawValue
    }

    /// What the table says beside the board's row.
    private func addFacts(_ entry: BoardIndex.Entry, to row: inout [String: Any]) throws {
        if let end = entry.live?.registrationEnds {
            row["until"] = ["day": String(end.description.prefix(10))]
        }
        if let registrar = try sources.store.registration(of: entry.domain)?.registrar, !registrar.isEmpty {
            row["registrar"] = Shown.text(registrar, limit: 60)
        }
        if signed(entry).isEmpty { row["signed"] = nil }
        row["checked"] = entry.live.map { Shown.time($0.checkedAt, frame.now) }
    }

    /// Healths that the board shows, and members of one that it names.
    private static let mostHealths = 200
    private static let mostMembers = 12

    private func health(_ report: HealthReport) -> [String: Any] {
        let tally = report.tally
        let troubled = tally.members.filter { $0.condition != .well }
        var row: [String: Any] = [
            "style": tally.state.style, "sign": tally.state.sign, "word": tally.state.word,
            "name": report.health.name, "anchor": Shown.name(report.health.subject),
            "count": "\(Shown.count(tally.well)) of \(Shown.count(tally.members.count)) well",
            "needs": Shown.count(tally.needs), "since": Shown.time(report.since, frame.now),
            "members": troubled.prefix(Self.mostMembers).map { member -> [String: Any] in
                let name = Shown.name(member.domain)
                return ["domain": name, "path": Escape.path(name), "condition": member.condition.rawValue]
            },
        ]
        row["incident"] = report.open.map { ["id": Escape.path($0.id)] }
        if troubled.count > Self.mostMembers {
            row["more"] = "and \(Shown.count(troubled.count - Self.mostMembers)) more"
        }
        return row
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
            : "No domain matches."
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
            "word": overdue > 0 ? "overdue checks" : "not known yet",
            "path": "/domains?state=learning", "style": overdue > 0 ? "warn" : learning > 0 ? "note" : "",
            "chosen": query.condition == .learning,
        ])
        return counters
    }

    private func states(_ query: BoardSelection) -> [[String: Any]] {
        let any: [String: Any] = ["value": "", "word": "Any status", "selected": query.condition == nil]
        return [any]
            + DomainCondition.allCases.map {
                ["value": $0.rawValue, "word": $0.word, "selected": $0 == query.condition]
            }
    }

    /// The piece of the list that is asked for.
    private func piece(_ selection: BoardSelection, _ path: String) throws -> BoardSelection.Piece {
        guard selection.order != .status else {
            return selection.piece(of: frame.content, count: Self.rowsPerPage, joinsCauses: path == "/")
        }
        let ends = selection.order == .expiry ? try sources.registrationEnds() : [:]
        return selection.piece(of: frame.content, ends: ends, count: Self.rowsPerPage)
    }

    /// An address that shows the same selection, from a position on, or so many pages further.
    private func link(
        _ path: String, _ selection: BoardSelection, _ direction: String = "", _ position: String = "", page: Int = 0
    ) -> String {
        var parts: [String] = []
        if !selection.text.isEmpty { parts.append("q=" + Escape.query(selection.text)) }
        if let condition = selection.condition { parts.append("state=" + condition.rawValue) }
        if !selection.tag.isEmpty { parts.append("tag=" + Escape.query(selection.tag)) }
        if selection.order != .status {
            parts.append("sort=" + selection.order.rawValue)
            if selection.page + page > 1 { parts.append("page=\(selection.page + page)") }
        } else if !direction.isEmpty {
            parts.append("\(direction)=" + Escape.query(position))
        }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }

    private func row(_ entry: BoardIndex.Entry, past: [Incident], _ silences: [Silence]) -> [String: Any] {
        var row: [String: Any] = [
            "style": entry.condition.style, "sign": entry.sign, "word": entry.word,
            "name": Shown.name(entry.domain), "path": Escape.path(Shown.name(entry.domain)), "finding": finding(entry),
            "isCalm": entry.condition == .healthy && entry.worst == nil,
            "signed": signed(entry),
            "tagList": entry.tags.prefix(5).map { ["tag": Shown.text($0, limit: 40), "query": Escape.query($0)] },
        ]
        row["silenced"] = Self.silenced(entry, silences)
        let ends = ends(entry)
        row["ends"] = ends.text
        row["endsStyle"] = ends.style
        if let unicode = Shown.unicodeName(entry.domain) {
            row["unicode"] = ["text": unicode.text, "isMixed": unicode.isMixed] as [String: Any]
        }
        let open = entry.live?.open.filter { $0.severity >= .notice } ?? []
        if open.count > 1 { row["more"] = open.count - 1 }
        row["bar"] = HistoryBar.svg(incidents: past + open, since: entry.live?.learntAt, now: frame.now)
        if let worst = entry.worst, worst.severity >= .notice { row["since"] = Shown.time(worst.since, frame.now) }
        return row
    }

    /// How far what is told of a domain is held back, in a word; nil where nothing is.
    static func silenced(_ entry: BoardIndex.Entry, _ silences: [Silence]) -> String? {
        let own = silences.filter { $0.domain == nil || $0.domain == entry.domain }
        guard !own.isEmpty else { return nil }
        let open = entry.live?.open.filter { $0.severity >= .notice } ?? []
        let isAll = own.contains { $0.incidentClass == nil && $0.code == nil && $0.record == nil }
        // A silence that narrows itself holds back all of a domain only as long as nothing else is open.
        let isCovered =
            !open.isEmpty && open.allSatisfy { incident in own.contains { $0.covers(incident, at: $0.from) } }
        return isAll || isCovered ? "silenced" : "partly silenced"
    }

    private func finding(_ entry: BoardIndex.Entry) -> String {
        if let worst = entry.worst, worst.severity >= .notice { return Shown.text(worst.text.headline, limit: 300) }
        guard let live = entry.live else { return "Waiting for its first check." }
        if let sentence = entry.absenceSentence { return sentence }
        if entry.isUnseen { return entry.unseen }
        if live.learntAt == nil { return "Learning what is normal." }
        return "All well, checked \(Shown.ago(live.checkedAt, frame.now))."
    }

    /// How long the registration lasts, and how that looks.
    private func ends(_ entry: BoardIndex.Entry) -> (text: String, style: String) {
        guard let end = entry.live?.registrationEnds else { return ("end not known", "dim") }
        let left = end.seconds(since: frame.now)
        guard left >= 0 else { return ("expired", "bad") }
        return ("\(Shown.span(left)) left", left < 7 * 86_400 ? "bad" : left < 30 * 86_400 ? "warn" : "dim")
    }

    private func signed(_ entry: BoardIndex.Entry) -> String {
        guard entry.absence == nil, !entry.isUnseen, let isSigned = entry.live?.isSigned else { return "" }
        return isSigned ? "signed" : "not signed"
    }
}
