/// What an incident was for a while.
package struct IncidentSpan: Sendable, Hashable {
    package var from: Timestamp
    /// The first moment at which it was something else, or over.
    package var to: Timestamp
    package var severity: Severity
    package var incidentClass: IncidentClass
}

extension Incident {
    /// What it was from when to when, until it was over or undone.
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
