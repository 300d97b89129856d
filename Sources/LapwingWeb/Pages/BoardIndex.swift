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
    }

    struct Content: Sendable {
        /// Worst first.
        var entries: [Entry]
        var counts: [DomainCondition: Int]
        var overdue: Int
        var roster: BoardRoster
        var figures: LiveFigures
        var at: Timestamp

        func entry(_ domain: Name) -> Entry? {
            roster.places[domain].map { Entry(roster.rows[$0], live: figures.domains[domain]) }
        }
    }

    private let sources: WebSources
    private let cached = Mutex<Content?>(nil)

    init(sources: WebSources) { self.sources = sources }

    /// The board as of this second.
    func content() -> Content {
        let now = sources.now()
        let known = cached.withLock { $0 }
        if let known, abs(now.milliseconds - known.at.milliseconds) < 1000 { return known }
        let fresh = build(at: now, roster: known?.roster)
        cached.withLock { $0 = fresh }
        return fresh
    }

    private func build(at now: Timestamp, roster: BoardRoster?) -> Content {
        let figures = sources.figures()
        let watched = sources.watches()
        let roster = roster.flatMap { $0.isMade(of: watched) ? $0 : nil } ?? BoardRoster(watched)
        var overdue = 0
        // Only what has something to say is sorted; the many others stay in the order of their names.
        var troubled: [DomainCondition: [Entry]] = [:]
        var quiet: [DomainCondition: [Entry]] = [:]
        for row in roster.rows {
            let entry = Entry(row, live: figures.domains[row.domain])
            if let live = entry.live, now.seconds(since: live.checkedAt) > row.interval * 2 + 60 { overdue += 1 }
            if entry.worst == nil {
                quiet[entry.condition, default: []].append(entry)
            } else {
                troubled[entry.condition, default: []].append(entry)
            }
        }
        var entries: [Entry] = []
        entries.reserveCapacity(roster.rows.count)
        var counts: [DomainCondition: Int] = [:]
        for condition in DomainCondition.allCases {
            let first = (troubled[condition] ?? []).sorted { one, other in
                let oneSince = one.worst?.openedAt ?? now
                let otherSince = other.worst?.openedAt ?? now
                return oneSince == otherSince ? one.text < other.text : oneSince > otherSince
            }
            entries += first
            entries += quiet[condition] ?? []
            counts[condition] = first.count + (quiet[condition]?.count ?? 0)
        }
        return Content(
            entries: entries, counts: counts, overdue: overdue, roster: roster, figures: figures, at: now)
    }
}

extension BoardIndex.Entry {
    init(_ row: BoardRoster.Row, live: LiveFigures.Domain?) {
        self.init(
            domain: row.domain, text: row.text, condition: DomainCondition(live), live: live,
            worst: live?.open.max { ($0.severity, $1.openedAt) < ($1.severity, $0.openedAt) }, tags: row.tags,
            isFromFile: row.isFromFile)
    }
}
