/// A person's statement that they work on an incident: reminders and escalation wait, changes are still reported.
package struct Acknowledgement: Sendable, Hashable, Codable {
    /// Seconds for which an incident is acknowledged by default.
    package static let standard: Int64 = 4 * 3600
    /// The longest time that can be asked for, in seconds.
    package static let longest: Int64 = 90 * 86_400

    /// The incident's identifier.
    package var incident: String
    /// The person who takes care of it.
    package var person: String
    /// When they acknowledged it.
    package var at: Timestamp
    /// The first moment after the acknowledgement.
    package var until: Timestamp
    /// The severity that was acknowledged: an incident that becomes graver has to be acknowledged again.
    package var severity: Severity

    package init(incident: String, person: String, at: Timestamp, until: Timestamp, severity: Severity) {
        self.incident = incident
        self.person = person
        self.at = at
        self.until = until
        self.severity = severity
    }

    /// Whether reminders and escalations of an incident wait at a moment.
    func covers(_ incident: String, _ severity: Severity, at moment: Timestamp) -> Bool {
        self.incident == incident && moment < until && severity <= self.severity
    }
}
