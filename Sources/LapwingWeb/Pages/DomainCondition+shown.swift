import LapwingCore

/// The presentation of a condition on the pages.
extension DomainCondition {
    /// The word in addresses: `state=failing`.
    var state: String { "\(self)" }

    init?(state: String) {
        guard let condition = Self.allCases.first(where: { $0.state == state }) else { return nil }
        self = condition
    }

    var word: String {
        switch self {
        case .failing: "Failing"
        case .warning: "Warning"
        case .learning: "Learning"
        case .healthy: "OK"
        }
    }

    /// The sign of the state, since colour is never the only distinction.
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

extension HealthTally.State {
    /// The condition of a domain in the same state.
    var condition: DomainCondition {
        switch self {
        case .healthy: .healthy
        case .unhealthy: .failing
        case .unknown: .learning
        }
    }

    /// The number in `/metrics`.
    var code: Int { condition.code }
    var style: String { condition.style }
    var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    var sign: String { self == .unknown ? "?" : condition.sign }
    /// The colour of a badge.
    var colour: String { condition.colour }
}

extension Severity {
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
