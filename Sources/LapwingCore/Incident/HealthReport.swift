import DNSWire

/// The state of a calculated health at a moment, for display.
package struct HealthReport: Sendable {
    /// The health as configured.
    package var health: CalculatedHealth
    /// The conditions of its members.
    package var tally: HealthTally
    /// When it entered this state, as far as this process knows.
    package var since: Timestamp
    /// The open incident; nil if there is none.
    package var open: Incident?

    package init(_ health: CalculatedHealth, _ tally: HealthTally, since: Timestamp, open: Incident?) {
        self.health = health
        self.tally = tally
        self.since = since
        self.open = open
    }
}
