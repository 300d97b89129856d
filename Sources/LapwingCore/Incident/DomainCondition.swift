/// The condition of a domain in one word: the same on the page, over the API, on `/metrics` and at the command line.
///
/// The words are those of the API and of `lapwing check`.
package enum DomainCondition: String, CaseIterable, Comparable, Sendable, Codable {
    case failing = "critical"
    case warning
    /// Unknown: the domain is being learnt, or the last check saw none of its servers.
    case learning = "unknown"
    case healthy = "ok"

    /// A critical incident counts until an observation refutes it; every other condition requires that the domain was
    /// seen.
    ///
    /// - Parameters:
    ///   - worst: the present severity of the worst open incident; nil if none is open.
    ///   - isLearnt: whether it is known what is normal.
    ///   - isSeen: whether the last check saw the condition of the domain.
    ///   - absence: why there is nothing to watch, if the last check found that. A name that never was a domain does
    ///     not stay in learning for ever: it was entered by mistake.
    package init(worst: Severity?, isLearnt: Bool, isSeen: Bool, absence: RoundSight.Absence? = nil) {
        switch worst {
        case .critical: self = .failing
        case _ where !isLearnt && absence == .noName: self = .failing
        case _ where !isLearnt && absence == .noZone: self = .warning
        case _ where !isSeen: self = .learning
        case .warning: self = .warning
        default: self = isLearnt ? .healthy : .learning
        }
    }

    package static func < (one: DomainCondition, other: DomainCondition) -> Bool { one.rank < other.rank }

    /// The rank among all cases, the worst first.
    package var rank: Int {
        switch self {
        case .failing: 0
        case .warning: 1
        case .learning: 2
        case .healthy: 3
        }
    }

    /// The number on `/metrics`, and the exit code of monitoring plugins.
    package var code: Int {
        switch self {
        case .healthy: 0
        case .warning: 1
        case .failing: 2
        case .learning: 3
        }
    }
}
