/// How much an event should disturb people.
package enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Kept in the log.
    case info
    /// Worth knowing without urgency: shown on the page, and sent if a route asks for it.
    case notice
    /// A ticket: work for the next working hours.
    case warning
    /// A page: it is meant to wake a person.
    case critical

    /// Compares by how much they disturb.
    package static func < (one: Severity, other: Severity) -> Bool {
        one.rank < other.rank
    }

    private var rank: Int {
        switch self {
        case .info: 0
        case .notice: 1
        case .warning: 2
        case .critical: 3
        }
    }
}
