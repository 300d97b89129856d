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
        var entries: [Entry]
        var counts: [DomainCondition: Int]
        var overdue: Int
        var places: [Name: Int]
        var figures: LiveFigures
        var at: Timestamp
        /// Grows whenever the content was worked out anew.
        var version: Int

        func entry(_ domain: Name) -> Entry? { places[domain].map { entries[$0] } }
    }

    private let sources: WebSources
    private let cached = Mutex<Content?>(nil)

    init(sources: WebSources) { self.sources = sources }

    /// The board as of this second.
    func content() -> Content {
        let now = sources.now()
        let known = cached.withLock { $0 }
        if let known, abs(now.milliseconds - known.at.milliseconds) < 1000 { return known }
        let fresh = build(at: now, version: (known?.version ?? 0) + 1)
        cached.withLock { $0 = fresh }
        return fresh
    }

    private func build(at now: Timestamp, version: Int) -> Content {
        let figures = sources.figures()
        var overdue = 0
        var counts: [DomainCondition: Int] = [:]
        let unsorted = sources.watches().map { watched in
            let live = figures.domains[watched.watch.domain]
            let condition = DomainCondition(live)
            counts[condition, default: 0] += 1
            if let live, now.seconds(since: live.checkedAt) > watched.watch.interval * 2 + 60 { overdue += 1 }
            return Entry(
                domain: watched.watch.domain, text: watched.watch.domain.description, condition: condition, live: live,
                worst: live?.open.max { ($0.severity, $1.openedAt) < ($1.severity, $0.openedAt) },
                tags: watched.watch.tags, isFromFile: watched.isFromFile)
        }
        // Worst first, then what has been so for the shortest time, then by name.
        let entries = unsorted.sorted { one, other in
            if one.condition != other.condition { return one.condition < other.condition }
            let oneSince = one.worst?.openedAt, otherSince = other.worst?.openedAt
            if oneSince != otherSince {
                guard let oneSince else { return false }
                guard let otherSince else { return true }
                return oneSince > otherSince
            }
            return one.text < other.text
        }
        var places: [Name: Int] = [:]
        for (place, entry) in entries.enumerated() { places[entry.domain] = place }
        return Content(
            entries: entries, counts: counts, overdue: overdue, places: places, figures: figures, at: now,
            version: version)
    }
}
