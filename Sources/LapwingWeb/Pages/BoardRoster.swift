import DNSWire
import LapwingCore

/// The watched domains by name, worked out once for each list of them.
struct BoardRoster: Sendable {
    struct Row: Sendable {
        var domain: Name
        var text: String
        var tags: [String]
        var isFromFile: Bool
        var interval: Int64
    }

    /// The list that the rows were made of; as long as it is kept, its place in memory tells it from any other.
    private let watched: [WatchedDomain]
    let rows: [Row]
    let places: [Name: Int]

    init(_ watched: [WatchedDomain]) {
        self.watched = watched
        rows = watched.map { watched in
            Row(
                domain: watched.watch.domain, text: watched.watch.domain.description, tags: watched.watch.tags,
                isFromFile: watched.isFromFile, interval: watched.watch.interval)
        }.sorted { $0.text < $1.text }
        var places: [Name: Int] = [:]
        for (place, row) in rows.enumerated() { places[row.domain] = place }
        self.places = places
    }

    /// Whether the rows are those of this very list.
    func isMade(of other: [WatchedDomain]) -> Bool {
        guard watched.count == other.count else { return false }
        return watched.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress }
        }
    }
}
