/// The incidents of one watch, open and lately closed, and the suspicions that wait for confirmation.
package struct IncidentBook: Sendable, Hashable, Codable {
    /// Closed incidents that are kept here, so that what comes back is not told as new.
    package static let closedLimit = 24

    package var next = 1
    package var open: [Incident] = []
    package var closed: [Incident] = []
    package var suspicions: [String: Suspicion] = [:]

    package init() {}

    /// How often a finding was seen before it was believed.
    package struct Suspicion: Sendable, Hashable, Codable {
        package var since: Timestamp
        package var looks: Int
        package var polls: Int
        /// Regular rounds in a row without it.
        package var missed = 0
        /// How many such rounds it may take.
        package var patience = 1
    }

    package func open(_ cause: Cause) -> Incident? { open.first { $0.cause == cause } }
}

extension IncidentBook {
    /// Whether an incident of one of these causes is open, or was until lately, at warning or above; what is only said to
    /// come does not count.
    func isTroubled(
        _ causes: [Cause], within seconds: Int64, except codes: [FindingCode] = [], at now: Timestamp
    ) -> Bool {
        func isGrave(_ incident: Incident) -> Bool {
            let foretells: [FindingCode] = [.dnssecIterations, .dnssecExpiring, .registrationExpiring]
            return causes.contains(incident.cause) && incident.severity >= .warning
                && !foretells.contains(incident.code) && !codes.contains(incident.code)
        }
        return open.contains(where: isGrave)
            || closed.contains { isGrave($0) && now.seconds(since: $0.closedAt ?? $0.lastFound) < seconds }
    }
}
