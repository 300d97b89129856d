import DNSWire
import LapwingCore

/// What of the board is asked for, and the piece of it that one page shows.
struct BoardSelection {
    /// In which order; the board itself has the worst first.
    enum Order: String, CaseIterable {
        case status, name, tags, expiry
    }

    var order = Order.status
    /// From 1 on; of other orders than the board's own, which goes by positions.
    var page = 1
    var text = ""
    var condition: DomainCondition?
    var tag = ""
    /// Only domains that have this in common, and their rows of the roster.
    var shared: SharedParts.Key?
    var sharing: [Int32] = []
    /// Shows what comes after this position, or, if `isBackward`, what comes right before it.
    var place: BoardPosition?
    var isBackward = false

    struct Piece {
        /// Rows of the roster, worst first; of those that share a cause the first one alone.
        var rows: [Int]
        /// How many there are in all, and how many of them come before the piece.
        var total: Int
        var before: Int
        /// For a row that stands for several, all of them in the order of the board.
        var members: [Int: [Int]] = [:]
    }

    /// Rows that fit are marked; nil when all do.
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

    /// At most `count` rows by name, by tags, or by the end of the registration; those without a tag or a known end last.
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
            // Those without any come last.
            let keys = fitting.map { (row: $0, tags: content.roster.rows[$0].tags.sorted().joined(separator: " ")) }
            fitting = keys.sorted {
                ($0.tags.isEmpty ? 1 : 0, $0.tags, $0.row) < ($1.tags.isEmpty ? 1 : 0, $1.tags, $1.row)
            }
            .map(\.row)
        }
        let start = min(max(0, page - 1) * count, fitting.count)
        return Piece(rows: Array(fitting[start...].prefix(count)), total: fitting.count, before: start)
    }

    /// At most `count` rows in the order of the board.
    ///
    /// - Parameter joinsCauses: what fits and shares a cause is one row; otherwise each domain is one.
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

    /// At most `count` of the rows that fit, from the place on that is asked for.
    private func piece(of content: BoardIndex.Content, _ fitting: [Int], count: Int) -> Piece {
        guard let place else { return Piece(rows: Array(fitting.prefix(count)), total: fitting.count, before: 0) }
        // The first that comes after the place, or, going back, that does not come before it.
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
