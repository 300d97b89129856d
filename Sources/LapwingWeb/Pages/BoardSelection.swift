import DNSWire
import LapwingCore

/// A selection of domains, and the part of it that one page shows.
struct BoardSelection {
    /// The order of the list; the board itself has the worst first.
    enum Order: String, CaseIterable {
        case status, name, tags, expiry
    }

    var order = Order.status
    /// From 1 on; for all orders except the board's own, which uses positions.
    var page = 1
    var text = ""
    var condition: DomainCondition?
    var tag = ""
    /// Only domains with this shared property, with their rows of the roster.
    var shared: SharedParts.Key?
    var sharing: [Int32] = []
    /// Shows the rows after this position or, if `isBackward`, the rows right before it.
    var place: BoardPosition?
    var isBackward = false

    struct Piece {
        /// Rows of the roster, worst first; only the first row of each shared cause.
        var rows: [Int]
        /// The total number of rows, and how many of them precede the piece.
        var total: Int
        var before: Int
        /// For a row that represents several domains, the rows of all of them in the order of the board.
        var members: [Int: [Int]] = [:]
    }

    /// Marks the matching rows; nil if all match.
    func marks(in content: BoardIndex.Content) -> [Bool]? {
        var marks: [Bool]?
        if !text.isEmpty {
            let isASCII = text.utf8.allSatisfy { $0 < 128 }
            marks = content.roster.marks(
                containing: isASCII ? text : content.sources.asciiName(text) ?? text)
        }
        if !tag.isEmpty {
            let tagged = content.roster.marks(tag: tag)
            marks = marks.map { zip($0, tagged).map { $0 && $1 } } ?? tagged
        }
        if shared != nil {
            var sharers = [Bool](repeating: false, count: content.roster.rows.count)
            for row in sharing where marks?[Int(row)] ?? true { sharers[Int(row)] = true }
            marks = sharers
        }
        return marks
    }

    /// Returns at most `count` rows in the order of names, tags, or ends of registration; domains without a tag or a
    /// known end come last.
    func piece(of content: BoardIndex.Content, ends: [Name: Timestamp], count: Int) -> Piece {
        let marks = marks(in: content)
        var fitting = content.roster.rows.indices.filter { row in
            (condition == nil || content.conditions[row] == condition) && marks?[row] ?? true
        }
        if order == .expiry {
            let moments = fitting.map { (row: $0, end: ends[content.roster.rows[$0].domain] ?? .latest) }
            fitting = moments.sorted { ($0.end, $0.row) < ($1.end, $1.row) }.map(\.row)
        }
        if order == .tags {
            // Domains without tags come last.
            let keys = fitting.map { (row: $0, tags: content.roster.rows[$0].tags.sorted().joined(separator: " ")) }
            fitting = keys.sorted {
                ($0.tags.isEmpty ? 1 : 0, $0.tags, $0.row) < ($1.tags.isEmpty ? 1 : 0, $1.tags, $1.row)
            }
            .map(\.row)
        }
        let start = min(max(0, page - 1) * count, fitting.count)
        return Piece(rows: Array(fitting[start...].prefix(count)), total: fitting.count, before: start)
    }

    /// Returns at most `count` rows in the order of the board.
    ///
    /// - Parameter joinsCauses: whether matching domains that share a cause are joined into one row.
    func piece(of content: BoardIndex.Content, count: Int, joinsCauses: Bool = true) -> Piece {
        let marks = marks(in: content)
        func fits(_ row: Int) -> Bool {
            (condition == nil || content.conditions[row] == condition) && marks?[row] ?? true
        }
        var fitting: [Int] = []
        var isListed = [Bool](repeating: false, count: content.causeCount)
        for number in content.order {
            let row = Int(number)
            guard fits(row) else { continue }
            let cause = joinsCauses ? Int(content.causes[row]) : -1
            if cause >= 0 {
                if isListed[cause] { continue }
                isListed[cause] = true
            }
            fitting.append(row)
        }
        var piece = piece(of: content, fitting, count: count)
        guard joinsCauses else { return piece }
        let leaders = Dictionary(
            piece.rows.filter { content.causes[$0] >= 0 }.map { (content.causes[$0], $0) },
            uniquingKeysWith: { first, _ in first })
        guard !leaders.isEmpty else { return piece }
        for number in content.order where content.causes[Int(number)] >= 0 {
            guard let leader = leaders[content.causes[Int(number)]], fits(Int(number)) else { continue }
            piece.members[leader, default: []].append(Int(number))
        }
        piece.members = piece.members.filter { $0.value.count > 1 }
        return piece
    }

    /// Returns at most `count` of the matching rows from the selected position on.
    private func piece(of content: BoardIndex.Content, _ fitting: [Int], count: Int) -> Piece {
        guard let place else { return Piece(rows: Array(fitting.prefix(count)), total: fitting.count, before: 0) }
        // The first row after the position or, going backward, the first that is not before it.
        var low = 0
        var high = fitting.count
        while low < high {
            let middle = (low + high) / 2
            let position = content.position(fitting[middle])
            if isBackward ? position >= place : position > place { high = middle } else { low = middle + 1 }
        }
        let start = isBackward ? max(0, low - count) : low
        let end = isBackward ? low : min(fitting.count, low + count)
        return Piece(rows: Array(fitting[start..<end]), total: fitting.count, before: start)
    }
}
