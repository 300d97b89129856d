import DNSWire
import LapwingCore
import LapwingStore

/// The board, worst first, and the table of domains.
struct BoardPage {
    static let rowsPerPage = 50

    let frame: PageFrame
    let sources: WebSources
    /// A domain that was just removed and can be restored.
    var stopped: Name?
    var filters = SavedFilters()
    /// The form that saves the current selection; nil for none.
    var saving: SavingModel?

    func render(_ selection: BoardSelection, path: String) throws -> String {
        let content = frame.content
        let piece = try piece(selection, path)
        let entries = piece.rows.map(content.entry(row:))
        let past = try sources.store.incidents(
            of: entries.map(\.domain), closedAfter: frame.now.adding(seconds: -HistoryBar.seconds))
        let now = sources.now()
        let silences = try sources.store.silences(at: now).filter { $0.from <= now }
        let rows = zip(piece.rows, entries).map { number, entry in
            if let members = piece.members[number], let row = causeRow(members, silences) { return row }
            return row(entry, past: past[entry.domain] ?? [], silences)
        }
        let end = piece.before + rows.count
        let range = "\(Shown.count(piece.before + 1)) to \(Shown.count(end)) of \(Shown.count(piece.total))"
        let previous = (piece.before > 0 ? piece.rows.first : nil).map {
            link(path, selection, "before", content.position($0).text, page: -1)
        }
        let next = (end < piece.total ? piece.rows.last : nil).map {
            link(path, selection, "after", content.position($0).text, page: 1)
        }
        guard path == "/" else {
            let model = DomainsModel(
                stopped: stopped.map { .init(name: Shown.name($0), path: Escape.path(Shown.name($0))) }, formPath: path,
                saved: filters.model(selection, tags: content), saving: saving,
                sharing: selection.shared.map {
                    .init(value: $0.text, sentence: $0.sentence, path: way(selection, path, .status, of: nil))
                },
                query: Shown.text(selection.text), states: states(selection), hasTags: !content.roster.tags.isEmpty,
                tags: tags(selection), addable: sources.add != nil, isOrdered: selection.order != .status,
                order: selection.order.rawValue, orders: orders(selection, path), heads: heads(selection, path),
                rows: try zip(rows, entries).map { try facts($0, $1) }, hasRows: !rows.isEmpty, empty: empty,
                hasPages: piece.total > rows.count, range: range, previous: previous, next: next)
            return try frame.render(model, title: "Domains", path: path)
        }
        let model = BoardModel(
            counters: counters(selection), stage: sources.stage.map(stage), health: health, formPath: path,
            saved: filters.model(selection),
            query: Shown.text(selection.text), states: states(selection), hasTags: !content.roster.tags.isEmpty,
            tags: tags(selection), addable: sources.add != nil, isNew: content.order.isEmpty, rows: rows,
            hasRows: !rows.isEmpty, empty: empty, hasPages: piece.total > rows.count, range: range, previous: previous,
            next: next)
        return try frame.render(model, title: "Board", path: path)
    }

    private func tags(_ selection: BoardSelection) -> [ChoiceModel] {
        ([""] + frame.content.roster.tags).map { tag in
            let word = tag.isEmpty ? "Any tag" : Shown.text(tag)
            return ChoiceModel(value: tag, word: word, selected: tag == selection.tag)
        }
    }

    /// Returns the address of the same selection in another order, from its beginning.
    private func way(
        _ selection: BoardSelection, _ path: String, _ order: BoardSelection.Order, of shared: SharedParts.Key?
    ) -> String {
        var other = selection
        other.order = order
        other.shared = shared
        other.page = 1
        return link(path, other)
    }

    /// The orders of the table, as a list for narrow windows, in which the headings are hidden.
    private func orders(_ selection: BoardSelection, _ path: String) -> [TabModel] {
        BoardSelection.Order.allCases.map { order in
            TabModel(
                path: way(selection, path, order, of: selection.shared), word: order.rawValue,
                here: order == selection.order)
        }
    }

    private func heads(_ selection: BoardSelection, _ path: String) -> [DomainsModel.Head] {
        let heads: [(String, BoardSelection.Order?)] = [
            ("Status", .status), ("Domain", .name), ("Tags", .tags), ("Registered until", .expiry), ("Registrar", nil),
            ("DNSSEC", nil), ("Last checked", nil),
        ]
        return heads.map { title, order in
            DomainsModel.Head(
                title: title, path: order.map { way(selection, path, $0, of: selection.shared) },
                here: order == selection.order)
        }
    }

    /// Returns a row of the table: the row of the board with further facts.
    private func facts(_ row: BoardModel.Row, _ entry: BoardIndex.Entry) throws -> DomainsModel.Row {
        let registrar = try sources.store.registration(of: entry.domain)?.registrar ?? ""
        return DomainsModel.Row(
            style: row.style, sign: row.sign, word: row.word, isCalm: row.isCalm, name: row.name, path: row.path,
            unicode: row.unicode, silenced: row.silenced, tagList: row.tagList, finding: row.finding, more: row.more,
            until: entry.live?.registrationEnds.map { .init(day: String($0.description.prefix(10))) }, ends: row.ends,
            endsStyle: row.endsStyle, registrar: registrar.isEmpty ? nil : Shown.text(registrar, limit: 60),
            signed: row.signed.isEmpty ? nil : row.signed,
            checked: entry.live.map { Shown.time($0.checkedAt, frame.now) })
    }

    /// The largest number of healths on the board, and of listed members of each.
    private static let mostHealths = 200
    private static let mostMembers = 12

    private var health: BoardModel.Health? {
        let reports = frame.content.figures.health
        return reports.isEmpty ? nil : BoardModel.Health(rows: reports.prefix(Self.mostHealths).map(healthRow))
    }

    private func healthRow(_ report: HealthReport) -> BoardModel.Health.Row {
        let tally = report.tally
        let troubled = tally.members.filter { $0.condition != .well }
        let others = troubled.count - Self.mostMembers
        return BoardModel.Health.Row(
            anchor: Shown.name(report.health.subject), name: report.health.name, style: tally.state.style,
            sign: tally.state.sign, word: tally.state.word,
            count: "\(Shown.count(tally.well)) of \(Shown.count(tally.members.count)) well",
            needs: Shown.count(tally.needs), since: Shown.time(report.since, frame.now),
            incident: report.open.map { .init(id: Escape.path($0.id)) },
            members: troubled.prefix(Self.mostMembers).map { member in
                let name = Shown.name(member.domain)
                return .init(domain: name, path: Escape.path(name), condition: member.condition.rawValue)
            }, more: others > 0 ? "and \(Shown.count(others)) more" : nil)
    }

    /// The latest events in a demonstration's world, for display beside the buttons.
    private func stage(_ stage: Stage) -> BoardModel.StageModel {
        BoardModel.StageModel(
            events: stage.events().map {
                BoardModel.StageModel.Event(id: $0.id, title: $0.title, isUnderWay: $0.isUnderWay)
            },
            happened: stage.happened().suffix(5).reversed().map { moment in
                BoardModel.StageModel.Happened(
                    at: Shown.time(moment.at, frame.now),
                    clock: String(moment.at.description.dropFirst(11).prefix(5)), domain: moment.domain,
                    path: Escape.path(moment.domain), text: moment.text)
            })
    }

    private var empty: String {
        frame.content.order.isEmpty
            ? "No domain is watched yet. Add some in lapwing.yml, or check one and watch it."
            : "No domain matches."
    }

    private func counters(_ query: BoardSelection) -> [BoardModel.Counter] {
        let counts = frame.content.counts
        let numbers: [(DomainCondition, String)] = [
            (.failing, "failing now"), (.warning, "with warnings"), (.healthy, "healthy"),
        ]
        let counters = numbers.map { condition, word in
            let count = counts[condition] ?? 0
            return BoardModel.Counter(
                count: Shown.count(count), word: word, path: "/domains?state=\(condition.state)",
                style: count > 0 ? condition.style : "", chosen: query.condition == condition)
        }
        let learning = counts[.learning] ?? 0
        let overdue = frame.content.overdue
        let last = BoardModel.Counter(
            count: Shown.count(overdue > 0 ? overdue : learning),
            word: overdue > 0 ? "overdue checks" : "not known yet",
            path: "/domains?state=learning", style: overdue > 0 ? "warn" : learning > 0 ? "note" : "",
            chosen: query.condition == .learning)
        return counters + [last]
    }

    private func states(_ query: BoardSelection) -> [ChoiceModel] {
        [ChoiceModel(value: "", word: "Any status", selected: query.condition == nil)]
            + DomainCondition.allCases.map {
                ChoiceModel(value: $0.state, word: $0.word, selected: $0 == query.condition)
            }
    }

    /// Returns the rows of the selected page.
    private func piece(_ selection: BoardSelection, _ path: String) throws -> BoardSelection.Piece {
        guard selection.order != .status else {
            return selection.piece(of: frame.content, count: Self.rowsPerPage, joinsCauses: path == "/")
        }
        let ends = selection.order == .expiry ? try sources.registrationEnds() : [:]
        return selection.piece(of: frame.content, ends: ends, count: Self.rowsPerPage)
    }

    /// Returns the address of the same selection from a position on, or a number of pages further.
    private func link(
        _ path: String, _ selection: BoardSelection, _ direction: String = "", _ position: String = "", page: Int = 0
    ) -> String {
        let query = selection.query
        var parts = query.isEmpty ? [] : [query]
        if selection.order != .status {
            if selection.page + page > 1 { parts.append("page=\(selection.page + page)") }
        } else if !direction.isEmpty {
            parts.append("\(direction)=" + Escape.query(position))
        }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }

    private func row(_ entry: BoardIndex.Entry, past: [Incident], _ silences: [Silence]) -> BoardModel.Row {
        let ends = ends(entry)
        let open = entry.live?.open.filter { $0.severity >= .notice } ?? []
        let worst = entry.worst.flatMap { $0.severity >= .notice ? $0 : nil }
        return BoardModel.Row(
            style: entry.condition.style, sign: entry.sign, word: entry.word,
            isCalm: entry.condition == .healthy && entry.worst == nil, name: Shown.name(entry.domain),
            path: Escape.path(Shown.name(entry.domain)), unicode: Shown.unicode(entry.domain),
            silenced: Self.silenced(entry, silences),
            tagList: entry.tags.prefix(5).map {
                BoardModel.Tag(tag: Shown.text($0, limit: 40), query: Escape.query($0))
            },
            finding: finding(entry), more: open.count > 1 ? open.count - 1 : nil,
            bar: HistoryBar.svg(incidents: past + open, since: entry.live?.learntAt, now: frame.now), ends: ends.text,
            endsStyle: ends.style, signed: signed(entry), host: host(entry),
            since: worst.map { Shown.time($0.since, frame.now) })
    }

    /// Returns a word for how far alerts of a domain are muted; nil if none are.
    static func silenced(_ entry: BoardIndex.Entry, _ silences: [Silence]) -> String? {
        let own = silences.filter { $0.domain == nil || $0.domain == entry.domain }
        guard !own.isEmpty else { return nil }
        let open = entry.live?.open.filter { $0.severity >= .notice } ?? []
        let isAll = own.contains { $0.incidentClass == nil && $0.code == nil && $0.record == nil }
        // A narrow silence mutes all of a domain only as long as it covers every open incident.
        let isCovered =
            !open.isEmpty && open.allSatisfy { incident in own.contains { $0.covers(incident, at: $0.from) } }
        return isAll || isCovered ? "silenced" : "partly silenced"
    }

    private func finding(_ entry: BoardIndex.Entry) -> String {
        if let worst = entry.worst, worst.severity >= .notice { return worst.shown(frame.now, limit: 300) }
        guard let live = entry.live else { return "Waiting for its first check." }
        if let sentence = entry.absenceSentence { return sentence }
        if entry.isUnseen { return entry.unseen }
        if live.learntAt == nil { return "Learning what is normal." }
        return "All well, checked \(Shown.ago(live.checkedAt, frame.now))."
    }

    /// The time until the registration ends, with its style.
    private func ends(_ entry: BoardIndex.Entry) -> (text: String, style: String) {
        guard let end = entry.live?.registrationEnds else { return ("end not known", "dim") }
        let left = end.seconds(since: frame.now)
        guard left >= 0 else { return ("expired", "bad") }
        return ("\(Shown.span(left)) left", left < 7 * 86_400 ? "bad" : left < 30 * 86_400 ? "warn" : "dim")
    }

    private func host(_ entry: BoardIndex.Entry) -> String? {
        guard entry.absence == nil, let servers = entry.live?.nameServers else { return nil }
        return NameServerHosts.text(of: servers, domain: entry.domain, isSuffix: sources.isSuffix)
    }

    private func signed(_ entry: BoardIndex.Entry) -> String {
        guard entry.absence == nil, !entry.isUnseen, let isSigned = entry.live?.isSigned else { return "" }
        return isSigned ? "signed" : "not signed"
    }
}
