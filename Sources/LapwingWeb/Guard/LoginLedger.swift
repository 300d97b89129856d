package import LapwingCore

/// Decides which log-ins get a journal entry, so that guessing passwords cannot fill the disk.
package struct LoginLedger: Sendable {
    /// Seconds within which an address gets one entry for refusals; further refusals are counted in its next entry.
    package static let pause: Int64 = 600
    /// The largest number of entries per hour for all addresses together.
    package static let mostAnHour = 60
    /// Seconds within which requests with the same user and address count as one log-in.
    package static let visit: Int64 = 12 * 3600
    /// The largest number of addresses and visits that are remembered.
    private static let mostKnown = 1000

    private var refusals: [String: (since: Timestamp, more: Int)] = [:]
    private var visits: [String: Timestamp] = [:]
    private var hour = Timestamp.earliest
    private var entries = 0
    /// Refusals in excess of the hourly limit.
    private var beyond = 0

    package init() {}

    /// Counts a refusal.
    ///
    /// - Parameter user: the claimed user name; empty if none was given.
    /// - Returns: the text of the entry; nil if the refusal is only counted.
    package mutating func refusal(from address: String, as user: String, at now: Timestamp) -> String? {
        if !(0..<3600).contains(now.seconds(since: hour)) {
            hour = now
            entries = 0
        }
        if let known = refusals[address], (0..<Self.pause).contains(now.seconds(since: known.since)) {
            refusals[address] = (known.since, known.more + 1)
            return nil
        }
        guard entries < Self.mostAnHour else {
            beyond += 1
            return nil
        }
        entries += 1
        var parts = user.isEmpty ? [] : ["as \(user.prefix(60))"]
        if let more = refusals[address]?.more, more > 0 { parts.append("\(more) more of this address before") }
        if beyond > 0 { parts.append("\(beyond) of others before") }
        beyond = 0
        if refusals.count >= Self.mostKnown {
            refusals = refusals.filter { (0..<Self.pause).contains(now.seconds(since: $0.value.since)) }
            if refusals.count >= Self.mostKnown { refusals = [:] }
        }
        refusals[address] = (now, 0)
        return parts.joined(separator: ", ")
    }

    /// Whether a request with a password begins a new visit.
    package mutating func begins(_ user: String, from address: String, at now: Timestamp) -> Bool {
        let key = "\(user)\n\(address)"
        if let since = visits[key], (0..<Self.visit).contains(now.seconds(since: since)) { return false }
        if visits.count >= Self.mostKnown { visits = [:] }
        visits[key] = now
        return true
    }
}
