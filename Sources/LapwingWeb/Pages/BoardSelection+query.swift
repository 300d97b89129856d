import Hummingbird
import LapwingCore

extension BoardSelection {
    /// The selection as a normalised query string, without the position in the list.
    var query: String {
        var parts: [String] = []
        if !text.isEmpty { parts.append("q=" + Escape.query(text)) }
        if let condition { parts.append("state=" + condition.state) }
        if !tag.isEmpty { parts.append("tag=" + Escape.query(tag)) }
        if let shared { parts.append("shared=" + Escape.query(shared.text)) }
        if order != .status { parts.append("sort=" + order.rawValue) }
        return parts.joined(separator: "&")
    }

    /// The same in words: `Failing, tag client-a, with "shop" in the name`.
    var words: String {
        var words: [String] = []
        if let condition { words.append(condition.word) }
        if !tag.isEmpty { words.append("tag \(Shown.text(tag, limit: 100))") }
        if !text.isEmpty { words.append("with \"\(Shown.text(text, limit: 100))\" in the name") }
        if let shared { words.append(shared.sentence) }
        if order != .status { words.append("by \(order.rawValue)") }
        return words.joined(separator: ", ")
    }

    /// The numbers of selected domains by state.
    struct Tally: Sendable, Equatable {
        var count = 0
        var failing = 0
        var warned = 0
        var unknown = 0

        var healthy: Int { count - failing - warned - unknown }

        mutating func take(_ condition: DomainCondition) {
            count += 1
            switch condition {
            case .failing: failing += 1
            case .warning: warned += 1
            case .learning: unknown += 1
            case .healthy: break
            }
        }
    }

    func tally(in content: BoardIndex.Content) -> Tally {
        let marks = marks(in: content)
        var tally = Tally()
        for (row, one) in content.conditions.enumerated()
        where (condition == nil || condition == one) && marks?[row] ?? true { tally.take(one) }
        return tally
    }

    /// Whether a domain matches, regardless of its state.
    func holdsAny(in content: BoardIndex.Content) -> Bool {
        marks(in: content)?.contains(true) ?? !content.conditions.isEmpty
    }
}

extension Site {
    /// Reads the selection from the query of the board or of the table of domains.
    func selection(_ query: BoardQuery, _ content: BoardIndex.Content) throws -> BoardSelection {
        var selection = BoardSelection()
        selection.text = String((query.q ?? "").prefix(255))
        selection.condition = query.state.flatMap(DomainCondition.init(state:))
        selection.tag = query.tag ?? ""
        try share(query.shared, &selection, content)
        selection.order = query.sort.flatMap(BoardSelection.Order.init(rawValue:)) ?? .status
        selection.page = min(max(1, query.page.flatMap { Int($0) } ?? 1), 100_000)
        if let place = query.before {
            selection.place = BoardPosition(place)
            selection.isBackward = true
        } else {
            selection.place = query.after.flatMap(BoardPosition.init)
        }
        return selection
    }

    /// Reads the selection of a saved filter; nil if it is no longer valid.
    func selection(saved query: String, _ content: BoardIndex.Content) -> BoardSelection? {
        let query = try? URLEncodedFormDecoder().decode(BoardQuery.self, from: query)
        return query.flatMap { try? selection($0, content) }
    }
}
