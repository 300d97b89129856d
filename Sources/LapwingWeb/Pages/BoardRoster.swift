package import DNSWire
import LapwingCore

/// The watched domains by name, worked out once for each list of them.
package struct BoardRoster: Sendable {
    /// One domain.
    package struct Row: Sendable {
        /// Which domain.
        package var domain: Name
        /// Its name, as the board shows and searches it.
        package var text: String
        var tags: [String]
        var isFromFile: Bool
        var interval: Int64
        /// Place in the list of which the roster is made.
        var place: Int
    }

    /// More tags than a person can choose from are not offered; they can still be asked for.
    private static let mostTags = 200

    /// The list that the rows were made of; as long as it is kept, its place in memory tells it from any other.
    private let watched: [WatchedDomain]
    /// By name.
    package let rows: [Row]
    let names: [Name]
    /// All tags that are offered, in order.
    let tags: [String]
    private let tagged: [String: [Int32]]
    private let places: [Name: Int32]
    /// All names in lower case, each with a line feed behind it, and where each begins.
    private let letters: [UInt8]
    private let beginnings: [Int32]

    package init(_ watched: [WatchedDomain]) {
        self.watched = watched
        rows = watched.enumerated().map { place, watched in
            Row(
                domain: watched.watch.domain, text: watched.watch.domain.description, tags: watched.watch.tags,
                isFromFile: watched.isFromFile, interval: watched.watch.interval, place: place)
        }.sorted { $0.text < $1.text }
        names = rows.map(\.domain)
        var places: [Name: Int32] = [:]
        places.reserveCapacity(rows.count)
        var tagged: [String: [Int32]] = [:]
        var letters: [UInt8] = []
        var beginnings: [Int32] = []
        beginnings.reserveCapacity(rows.count)
        for (number, row) in rows.enumerated() {
            places[row.domain] = Int32(number)
            for tag in row.tags { tagged[tag, default: []].append(Int32(number)) }
            beginnings.append(Int32(letters.count))
            letters += row.text.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
            letters.append(UInt8(ascii: "\n"))
        }
        self.places = places
        self.tagged = tagged
        self.letters = letters
        self.beginnings = beginnings
        tags = Array(tagged.keys.sorted().prefix(Self.mostTags))
    }

    /// Whether the rows are those of this very list.
    func isMade(of other: [WatchedDomain]) -> Bool {
        guard watched.count == other.count else { return false }
        return watched.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress }
        }
    }

    /// Whether both have the same rows in the same order.
    func isSame(as other: BoardRoster) -> Bool { isMade(of: other.watched) }

    /// The rows that carry a tag.
    func rows(tag: String) -> [Int32] { tagged[tag] ?? [] }

    /// The place of a domain among the rows; nil where it is not watched.
    package func row(of domain: Name) -> Int? { places[domain].map(Int.init) }

    /// What was said of a domain that was added at run time.
    func options(of row: Row) -> String? { watched[row.place].options }

    /// The record sets that are watched.
    func sets(of row: Row) -> [RecordSetKey] { watched[row.place].watch.sets }

    /// The first row whose name comes after a text.
    package func rowAfter(_ text: String) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].text > text { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Marks the rows that carry a tag.
    package func marks(tag: String) -> [Bool] {
        var marks = [Bool](repeating: false, count: rows.count)
        for row in tagged[tag] ?? [] { marks[Int(row)] = true }
        return marks
    }

    /// The names of the domains that carry a tag, as `Name.description` writes them.
    package func texts(tag: String) -> [String] { (tagged[tag] ?? []).map { rows[Int($0)].text } }

    /// Marks the rows whose name contains a text, in upper or lower case.
    package func marks(containing text: String) -> [Bool] {
        var marks = [Bool](repeating: false, count: rows.count)
        let needle = text.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        guard !needle.isEmpty, !needle.contains(UInt8(ascii: "\n")) else { return marks }
        let first = needle[0]
        let end = letters.count - needle.count
        // Without a check of bounds for each of millions of letters.
        letters.withUnsafeBufferPointer { letters in
            var place = 0
            while place <= end {
                guard letters[place] == first,
                    needle.indices.dropFirst().allSatisfy({ letters[place + $0] == needle[$0] })
                else {
                    place += 1
                    continue
                }
                let row = self.row(at: place)
                marks[row] = true
                place = row + 1 < beginnings.count ? Int(beginnings[row + 1]) : letters.count
            }
        }
        return marks
    }

    /// The row in whose name a place among the letters lies.
    private func row(at place: Int) -> Int {
        var low = 0
        var high = beginnings.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(beginnings[middle]) <= place { low = middle } else { high = middle }
        }
        return low
    }
}
