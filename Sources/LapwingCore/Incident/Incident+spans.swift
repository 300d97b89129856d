/// A period in which an incident kept its severity and class.
package struct IncidentSpan: Sendable, Hashable {
    /// The first moment of the period.
    package var from: Timestamp
    /// The first moment after the period.
    package var to: Timestamp
    /// The severity from the step that began the period.
    package var severity: Severity
    /// The class from the same step.
    package var incidentClass: IncidentClass
}

extension Incident {
    /// Returns the periods of the incident, until it was closed or undone.
    package func spans(until now: Timestamp) -> [IncidentSpan] {
        let end = backSince ?? closedAt ?? now
        let steps = steps.filter { $0.event != .close }
        guard !steps.isEmpty else {
            return [IncidentSpan(from: openedAt, to: end, severity: severity, incidentClass: incidentClass)]
        }
        return steps.enumerated().compactMap { index, step in
            let to = min(index + 1 < steps.count ? steps[index + 1].at : end, end)
            guard step.at < to else { return nil }
            return IncidentSpan(from: step.at, to: to, severity: step.severity, incidentClass: step.incidentClass)
        }
    }
}
