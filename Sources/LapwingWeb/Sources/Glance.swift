package import LapwingCore

/// A domain's state in short: what the board needs to put 100,000 of them in order.
package struct Glance: Sendable {
    /// When the last round ended.
    package var checkedAt: Timestamp
    /// The same by a clock that nobody sets.
    package var checkedSteady: Timestamp
    /// The state in one word.
    package var condition: DomainCondition
    /// When the worst open incident opened.
    package var openedAt: Timestamp?
    /// When the first of its signatures runs out; nil where none is known.
    package var signaturesEnd: Timestamp?
    /// Whether it is what an earlier process has left, and no check of this one.
    package var isRemembered: Bool
    /// The shared cause that is all that is wrong with it, by class; domains with the same one are one row of the board.
    package var cause: String?

    package init(
        checkedAt: Timestamp, checkedSteady: Timestamp, condition: DomainCondition, openedAt: Timestamp? = nil,
        signaturesEnd: Timestamp? = nil, isRemembered: Bool = false, cause: String? = nil
    ) {
        self.checkedAt = checkedAt
        self.checkedSteady = checkedSteady
        self.condition = condition
        self.openedAt = openedAt
        self.signaturesEnd = signaturesEnd
        self.isRemembered = isRemembered
        self.cause = cause
    }

    /// The shared cause of a domain's worst open incident, with its class; nil where anything of its own is as grave, or
    /// a warning at least: a row for many domains must not hide what one of them has alone.
    package static func cause(of open: [Incident]) -> String? {
        guard let worst = open.worst, worst.severity >= .notice, let shared = worst.shared else { return nil }
        let least = min(worst.severity, .warning)
        guard open.allSatisfy({ $0.severity < least || $0.shared != nil }) else { return nil }
        return "\(worst.incidentClass.rawValue) \(shared)"
    }
}

extension [Incident] {
    /// The gravest now; of equals one that lasts before one that is put back, and the one that opened first.
    package var worst: Incident? {
        self.max { one, other in
            (one.presentSeverity, one.backSince == nil ? 1 : 0, other.openedAt)
                < (other.presentSeverity, other.backSince == nil ? 1 : 0, one.openedAt)
        }
    }
}

/// How long one server took to answer, over time.
package struct LatencyLine: Sendable {
    /// Host name and address of the server.
    package var server: String
    /// Milliseconds.
    package var points: [(at: Timestamp, milliseconds: Double)]

    package init(server: String, points: [(at: Timestamp, milliseconds: Double)]) {
        self.server = server
        self.points = points
    }
}
