package import LapwingCore

/// A summary of a domain's state: the data that the board needs to sort 100,000 domains.
package struct Glance: Sendable {
    /// When the last round ended.
    package var checkedAt: Timestamp
    /// The same on the steady clock.
    package var checkedSteady: Timestamp
    /// The state.
    package var condition: DomainCondition
    /// When the worst open incident was opened; nil if none is open.
    package var openedAt: Timestamp?
    /// When the first of its signatures expires; nil if none is known.
    package var signaturesEnd: Timestamp?
    /// Whether it was stored by an earlier process, and this one has not checked the domain yet.
    package var isRemembered: Bool
    /// The shared cause that is the only problem of the domain, with its class; domains with the same cause are one row
    /// of the board. Nil if there is none.
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

    /// Returns the shared cause of a domain's worst open incident, with its class. Nil if an incident of the domain
    /// alone is as severe, or at least a warning: a joint row must not hide the problems of a single domain.
    package static func cause(of open: [Incident]) -> String? {
        guard let worst = open.worst, worst.severity >= .notice, let shared = worst.shared else { return nil }
        let least = min(worst.severity, .warning)
        guard open.allSatisfy({ $0.severity < least || $0.shared != nil }) else { return nil }
        return "\(worst.incidentClass.rawValue) \(shared)"
    }
}

extension [Incident] {
    /// The most severe incident at present; among equals, one that lasts precedes one that is undone, and then the one
    /// that was opened first. Nil if there are none.
    package var worst: Incident? {
        self.max { one, other in
            (one.presentSeverity, one.backSince == nil ? 1 : 0, other.openedAt)
                < (other.presentSeverity, other.backSince == nil ? 1 : 0, one.openedAt)
        }
    }
}

/// The response times of one server over time.
package struct LatencyLine: Sendable {
    /// The host name and address of the server.
    package var server: String
    /// Milliseconds.
    package var points: [(at: Timestamp, milliseconds: Double)]

    package init(server: String, points: [(at: Timestamp, milliseconds: Double)]) {
        self.server = server
        self.points = points
    }
}
