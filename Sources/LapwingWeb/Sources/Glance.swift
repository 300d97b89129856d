package import LapwingCore

/// A domain's state in short: what the board needs to put 100,000 of them in order.
package struct Glance: Sendable {
    package var checkedAt: Timestamp
    package var isLearnt: Bool
    /// Severity of the worst open incident, and when it opened.
    package var worst: Severity?
    package var openedAt: Timestamp?
    package var signaturesEnd: Timestamp?
    /// Whether it is what an earlier process has left, and no check of this one.
    package var isRemembered: Bool

    package init(
        checkedAt: Timestamp, isLearnt: Bool, worst: Severity? = nil, openedAt: Timestamp? = nil,
        signaturesEnd: Timestamp? = nil, isRemembered: Bool = false
    ) {
        self.checkedAt = checkedAt
        self.isLearnt = isLearnt
        self.worst = worst
        self.openedAt = openedAt
        self.signaturesEnd = signaturesEnd
        self.isRemembered = isRemembered
    }
}

/// How long one server took to answer, over time.
package struct LatencyLine: Sendable {
    package var server: String
    /// Milliseconds.
    package var points: [(at: Timestamp, milliseconds: Double)]

    package init(server: String, points: [(at: Timestamp, milliseconds: Double)]) {
        self.server = server
        self.points = points
    }
}
