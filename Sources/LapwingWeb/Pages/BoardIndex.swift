import DNSWire
import LapwingCore
import Synchronization

/// All domains in the order of the board, worked out at most once a second however many people look.
final class BoardIndex: Sendable {
    struct Entry: Sendable {
        var domain: Name
        var text: String
        var condition: DomainCondition
        var live: LiveFigures.Domain?
        /// What the worst open incident says.
        var worst: Incident?
        var tags: [String]
        var isFromFile: Bool
        var interval: Int64
        /// What was said when it was added at run time, a JSON object.
        var options: String?
    }

    struct Content: Sendable {
        let sources: WebSources
        let roster: BoardRoster
        /// One for each row of the roster.
        let glances: [Glance?]
        /// From where on changes are not in the glances yet.
        let place: Int
        let conditions: [DomainCondition]
        /// Rows of the roster, worst first.
        let order: [Int32]
        let counts: [DomainCondition: Int]
        let overdue: Int
        let figures: LiveFigures
        let at: Timestamp

        func entry(_ domain: Name) -> Entry? { roster.row(of: domain).map(entry(row:)) }

        func entry(row number: Int) -> Entry {
            let row = roster.rows[number]
            let live = sources.domain(row.domain)
            return Entry(
                domain: row.domain, text: row.text, condition: DomainCondition(live), live: live,
                worst: live?.open.max { ($0.severity, $1.openedAt) < ($1.severity, $0.openedAt) }, tags: row.tags,
                isFromFile: row.isFromFile, interval: row.interval, options: roster.options(of: row))
        }

        /// Where a row stands on the board.
        func position(_ row: Int) -> BoardPosition {
            BoardPosition(
                condition: conditions[row], openedAt: glances[row]?.openedAt, name: roster.rows[row].text)
        }
    }

    private let sources: WebSources
    private let cached = Mutex<Content?>(nil)

    init(sources: WebSources) { self.sources = sources }

    /// The board as of this second; what was added or removed shows at once.
    func content() -> Content {
        let now = sources.now()
        let known = cached.withLock { $0 }
        let watched = sources.watches()
        let isSame = known?.roster.isMade(of: watched) ?? false
        if let known, isSame, abs(now.milliseconds - known.at.milliseconds) < 1000 { return known }
        let fresh = build(at: now, from: isSame ? known : nil, watched)
        cached.withLock { $0 = fresh }
        return fresh
    }

    private func build(at now: Timestamp, from known: Content?, _ watched: [WatchedDomain]) -> Content {
        let roster = known?.roster ?? BoardRoster(watched)
        let (glances, place) = glances(from: known, roster)
        var overdue = 0
        // Only what has something to say is sorted; the many others stay in the order of their names.
        var troubled: [DomainCondition: [Int32]] = [:]
        var quiet: [DomainCondition: [Int32]] = [:]
        var conditions: [DomainCondition] = []
        conditions.reserveCapacity(roster.rows.count)
        for (number, row) in roster.rows.enumerated() {
            let glance = glances[number]
            let condition = DomainCondition(glance)
            conditions.append(condition)
            if let glance, !glance.isRemembered, now.seconds(since: glance.checkedAt) > row.interval * 2 + 60 { overdue += 1 }
            if glance?.openedAt == nil {
                quiet[condition, default: []].append(Int32(number))
            } else {
                troubled[condition, default: []].append(Int32(number))
            }
        }
        var order: [Int32] = []
        order.reserveCapacity(roster.rows.count)
        var counts: [DomainCondition: Int] = [:]
        for condition in DomainCondition.allCases {
            let first = (troubled[condition] ?? []).map { (row: $0, at: glances[Int($0)]?.openedAt ?? now) }
            // Rows are in the order of names, which decides between incidents of the same moment.
            order += first.sorted { ($1.at, $0.row) < ($0.at, $1.row) }.map(\.row)
            order += quiet[condition] ?? []
            counts[condition] = first.count + (quiet[condition]?.count ?? 0)
        }
        return Content(
            sources: sources, roster: roster, glances: glances, place: place, conditions: conditions, order: order, counts: counts,
            overdue: overdue, figures: sources.figures(), at: now)
    }

    /// Only what has changed is asked for again: asking for all takes longer than all the rest of a page.
    private func glances(from known: Content?, _ roster: BoardRoster) -> (glances: [Glance?], place: Int) {
        guard let known, let (changed, place) = sources.changedGlances(known.place) else {
            return sources.glances(roster.names)
        }
        var glances = known.glances
        for (name, glance) in changed {
            if let row = roster.row(of: name) { glances[row] = glance }
        }
        return (glances, place)
    }
}
