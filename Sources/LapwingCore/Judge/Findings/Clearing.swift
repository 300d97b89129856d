/// When an incident ends.
package enum Clearing: Sendable, Hashable, Codable {
    /// After this number of regular rounds without the finding.
    case absent(polls: Int)
    /// This many seconds after it was last found.
    case after(seconds: Int64)
    /// This many seconds after it was last found, for a completed event: it does not open again as the same incident.
    case done(seconds: Int64)
}
