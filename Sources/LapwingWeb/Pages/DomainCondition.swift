import DNSWire
import LapwingCore

/// How a domain is, in the four words of the board.
package enum DomainCondition: String, CaseIterable, Comparable, Sendable {
    case failing, warning
    /// Not known: it is being learnt, or the last check saw none of its servers.
    case learning
    case healthy

    package init(_ domain: LiveFigures.Domain?) {
        self.init(
            worst: domain?.open.map(\.severity).max(), isLearnt: domain?.learntAt != nil,
            isSeen: domain?.isSeen ?? false, absence: domain?.sight?.absence)
    }

    package init(_ glance: Glance?) {
        self.init(
            worst: glance?.worst, isLearnt: glance?.isLearnt ?? false, isSeen: glance?.isSeen ?? false,
            absence: glance?.absence)
    }

    /// What is critical stays so until something was seen that says otherwise; all else rests on the domain being seen.
    /// A name that never was a domain is not learnt for ever: it is a mistake of whoever entered it.
    private init(worst: Severity?, isLearnt: Bool, isSeen: Bool, absence: RoundSight.Absence?) {
        switch worst {
        case .critical: self = .failing
        case _ where !isLearnt && absence == .noName: self = .failing
        case _ where !isLearnt && absence == .noZone: self = .warning
        case _ where !isSeen: self = .learning
        case .warning: self = .warning
        default: self = isLearnt ? .healthy : .learning
        }
    }

    init?(status: String) {
        switch status {
        case "ok": self = .healthy
        case "warning": self = .warning
        case "critical": self = .failing
        case "unknown": self = .learning
        default: return nil
        }
    }

    package static func < (one: DomainCondition, other: DomainCondition) -> Bool { one.rank < other.rank }

    /// Place among all cases, the worst first.
    var rank: Int {
        switch self {
        case .failing: 0
        case .warning: 1
        case .learning: 2
        case .healthy: 3
        }
    }

    /// The number on `/metrics`.
    var code: Int {
        switch self {
        case .healthy: 0
        case .warning: 1
        case .failing: 2
        case .learning: 3
        }
    }

    /// The word of the API and of the command line.
    var status: String {
        switch self {
        case .healthy: "ok"
        case .warning: "warning"
        case .failing: "critical"
        case .learning: "unknown"
        }
    }

    var word: String {
        switch self {
        case .failing: "Failing"
        case .warning: "Warning"
        case .learning: "Learning"
        case .healthy: "OK"
        }
    }

    /// Colour is never alone: each state has a sign too.
    var sign: String {
        switch self {
        case .failing: "✕"
        case .warning: "!"
        case .learning: "…"
        case .healthy: "✓"
        }
    }

    /// The class in the style sheet.
    var style: String {
        switch self {
        case .failing: "bad"
        case .warning: "warn"
        case .learning: "idle"
        case .healthy: "good"
        }
    }
}

extension HealthTally.State {
    /// As a domain in the same state would be shown.
    var condition: DomainCondition {
        switch self {
        case .healthy: .healthy
        case .unhealthy: .failing
        case .unknown: .learning
        }
    }

    /// The number on `/metrics`.
    var code: Int { condition.code }
    var style: String { condition.style }
    var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    var sign: String { self == .unknown ? "?" : condition.sign }
    /// The colour of a badge.
    var colour: String { condition.colour }
}

extension DomainCondition {
    /// The colour of a badge.
    var colour: String {
        switch self {
        case .failing: "#bf3327"
        case .warning: "#9a6200"
        case .healthy: "#1d7f5c"
        case .learning: "#5b646c"
        }
    }
}

extension Severity {
    var condition: DomainCondition {
        switch self {
        case .critical: .failing
        case .warning: .warning
        case .info, .notice: .healthy
        }
    }

    var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    var style: String {
        switch self {
        case .critical: "bad"
        case .warning: "warn"
        case .notice: "note"
        case .info: "idle"
        }
    }

    var sign: String {
        switch self {
        case .critical: "✕"
        case .warning: "!"
        case .notice: "i"
        case .info: "·"
        }
    }
}
