package import DNSWire
import LapwingCore

/// The watched domains by name, computed once for each list of them.
package struct BoardRoster: Sendable {
    /// One domain.
    package struct Row: Sendable {
        /// The domain.
        package var domain: Name
        /// The name as the board shows and searches it.
        package var text: String
        var tags: [String]
        var isFromFile: Bool
        var interval: Int64
        /// The index in the list from which the roster is made.
        var place: Int
    }

    /// The largest number of tags that are offered for selection; others still work in an address.
    private static let mostTags = 200

    /// The list from which the rows are made. As long as it is retained, its address in memory identifies it.
    private let watched: [WatchedDomain]
    /// In the order of names.
    package let rows: [Row]
    let names: [Name]
    /// All tags that are offered, sorted.
    let tags: [String]
    private let tagged: [String: [Int32]]
    private let places: [Name: Int32]
    /// All names in lower case, each followed by a line feed, and the offset of each name.
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

    /// Whether the rows are made from exactly this list.
    func isMade(of other: [WatchedDomain]) -> Bool {
        guard watched.count == other.count else { return false }
        return watched.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress }
        }
    }

    /// Whether both have the same rows in the same order.
    func isSame(as other: BoardRoster) -> Bool { isMade(of: other.watched) }

    /// The rows with a tag.
    func rows(tag: String) -> [Int32] { tagged[tag] ?? [] }

    /// The index of a domain's row; nil if it is not watched.
    package func row(of domain: Name) -> Int? { places[domain].map(Int.init) }

    /// The options of a domain that was added at run time.
    func options(of row: Row) -> String? { watched[row.place].options }

    /// The watched RRsets.
    func sets(of row: Row) -> [RecordSetKey] { watched[row.place].watch.sets }

    /// The first row whose name sorts after a text.
    package func rowAfter(_ text: String) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].text > text { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Marks the rows with a tag.
    package func marks(tag: String) -> [Bool] {
        var marks = [Bool](repeating: false, count: rows.count)
        for row in tagged[tag] ?? [] { marks[Int(row)] = true }
        return marks
    }

    /// The names of the domains with a tag, as `Name.description` writes them.
    package func texts(tag: String) -> [String] { (tagged[tag] ?? []).map { rows[Int($0)].text } }

    /// Marks the rows whose name contains a text, ignoring case.
    package func marks(containing text: String) -> [Bool] {
        var marks = [Bool](repeating: false, count: rows.count)
        let needle = text.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        guard !needle.isEmpty, !needle.contains(UInt8(ascii: "\n")) else { return marks }
        let first = needle[0]
        let end = letters.count - needle.count
        // Without bounds checks, since there are millions of letters.
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

    /// The row whose name contains an offset among the letters.
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
