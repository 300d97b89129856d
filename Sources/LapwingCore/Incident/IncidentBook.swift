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
