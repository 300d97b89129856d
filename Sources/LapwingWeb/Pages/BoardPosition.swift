package import LapwingCore

/// The position of a domain on the board, as a cursor in addresses. It stays valid while other domains come and go.
package struct BoardPosition: Comparable {
    /// The state, which is the first criterion of the order.
    package var condition: DomainCondition
    /// Nil for domains without an open incident, which come last in their condition.
    package var openedAt: Timestamp?
    /// The domain, or the cause if the row represents several domains.
    package var name: String

    package init(condition: DomainCondition, openedAt: Timestamp?, name: String) {
        self.condition = condition
        self.openedAt = openedAt
        self.name = name
    }

    /// Parses ``text``; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "~", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let condition = DomainCondition(state: String(parts[0])) else { return nil }
        guard parts[1].isEmpty || Int64(parts[1]) != nil else { return nil }
        self.condition = condition
        openedAt = Int64(parts[1]).map(Timestamp.init(milliseconds:))
        name = String(parts[2])
    }

    /// The position as one word of an address.
    package var text: String { "\(condition.state)~\(openedAt.map { "\($0.milliseconds)" } ?? "")~\(name)" }

    package static func < (one: BoardPosition, other: BoardPosition) -> Bool {
        if one.condition != other.condition { return one.condition < other.condition }
        if one.openedAt != other.openedAt {
            guard let first = one.openedAt else { return false }
            guard let second = other.openedAt else { return true }
            return first > second
        }
        return one.name < other.name
    }
}
