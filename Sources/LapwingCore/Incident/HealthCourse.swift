import DNSWire

/// The successive incidents of one calculated health.
package struct HealthCourse: Sendable {
    /// A change of one of these incidents.
    package struct Step: Sendable {
        /// The incident after the step.
        package var incident: Incident
        /// The event to send.
        package var event: IncidentEvent
    }

    /// The open incident; nil while the health is well or unknown.
    package private(set) var open: Incident?
    private var next: Int
    /// Members that the open incident has named as failing; nil if an earlier process reported it.
    private var named: Set<Name>?

    /// - Parameter next: the number of its next incident.
    package init(open: Incident? = nil, next: Int = 1) {
        self.open = open
        self.next = next
    }

    /// Applies the present conditions of the members; returns nil if there is nothing to report. An unknown state
    /// neither opens nor closes an incident.
    package mutating func take(
        _ tally: HealthTally, of health: CalculatedHealth, severity: Severity, at now: Timestamp
    ) -> Step? {
        switch tally.state {
        case .unknown: return nil
        case .healthy: return close(at: now)
        case .unhealthy: break
        }
        guard let finding = tally.finding(of: health) else { return nil }
        let failing = Set(tally.members.filter { $0.condition == .failing }.map(\.domain))
        guard var incident = open else {
            named = failing
            return begin(finding, health, severity, at: now)
        }
        // An update names further failing members; recoveries and relapses are only shown on the page.
        let isWorse = named.map { !failing.isSubset(of: $0) } ?? false
        named = (named ?? []).union(failing)
        incident.lastFound = now
        guard isWorse else {
            open = incident
            return nil
        }
        incident.text = finding.text
        let event = incident.step(.update, at: now)
        open = incident
        return Step(incident: incident, event: event)
    }

    private mutating func begin(
        _ finding: Finding, _ health: CalculatedHealth, _ severity: Severity, at now: Timestamp
    ) -> Step {
        var incident = Incident(
            id: "\(health.name.lowercased())-\(next)", domain: health.subject, cause: finding.cause, code: finding.code,
            incidentClass: finding.incidentClass, severity: severity, subject: nil, since: now, openedAt: now,
            lastFound: now, closedAt: nil, text: finding.text, changes: [], shared: nil, paged: false,
            clearing: finding.clearing, holds: [])
        incident.parts = [Incident.Part(finding)]
        next += 1
        let event = incident.step(.open, at: now)
        open = incident
        return Step(incident: incident, event: event)
    }

    /// Closes the open incident because this health was removed from the configuration; returns nil if none is open.
    package mutating func withdraw(at now: Timestamp) -> Step? {
        guard var incident = open else { return nil }
        let name = "\(incident.domain)".dropLast()
        incident.text.headline = "\(name) is not in the configuration any more; it was unhealthy."
        open = incident
        return close(at: now)
    }

    private mutating func close(at now: Timestamp) -> Step? {
        guard var incident = open else { return nil }
        incident.closedAt = now
        let event = incident.step(.close, at: now)
        open = nil
        named = nil
        return Step(incident: incident, event: event)
    }
}
