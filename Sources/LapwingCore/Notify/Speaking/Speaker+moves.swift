import DNSWire

/// Changes that many domains make at once.
extension Speaker {
    /// Whether an event is reported together with others: its domain is one of many whose records of the same kind
    /// changed within minutes, and the first of them were reported one by one.
    mutating func isOfCrowd(_ event: IncidentEvent, _ move: SharedMove, over channel: String) -> Bool {
        let key = crowdKey(event, move)
        let known = speech.said.threads.firstIndex { $0.key == key && $0.channel == channel }
        if let known, speech.said.threads[known].members.contains(event.incident) { return true }
        // An incident that was reported alone continues alone.
        guard event.isBack != true, !speech.said.knows(event.incident, channel) else { return false }
        // Further incidents of a domain are reported alone.
        if let known, touches(event.domain, known) { return false }
        if let known, speech.said.threads[known].isHot(at: now) { return true }
        return speech.said.moves["\(key) \(channel)"].map { $0.isCrowd(at: now) } ?? false
    }

    /// Records that a change was reported alone.
    mutating func count(_ event: IncidentEvent, _ move: SharedMove, over channel: String) {
        guard event.isBack != true else { return }
        speech.said.moves["\(crowdKey(event, move)) \(channel)", default: RecentMoves()].note(event.incident, at: now)
    }

    func crowdKey(_ event: IncidentEvent, _ move: SharedMove) -> String {
        "\(move.crowd) \(event.incidentClass.rawValue)"
    }
}

/// The latest changes of one kind that were reported to one channel one by one.
package struct RecentMoves: Sendable, Hashable, Codable {
    /// This number of changes within ``age`` seconds is a crowd: reading further ones one by one teaches nothing new.
    static let crowd = 100
    static let age: Int64 = 120
    /// Seconds after the latest change of a crowd for which further ones still belong to it.
    static let crowdAge: Int64 = 600

    /// When each change was reported, by incident.
    package var told: [String: Timestamp] = [:]

    package init() {}

    func isCrowd(at now: Timestamp) -> Bool {
        told.values.count { (0..<Self.age).contains(now.seconds(since: $0)) } >= Self.crowd
    }

    mutating func note(_ incident: String, at now: Timestamp) {
        forget(at: now)
        if told.count >= Self.crowd, let oldest = told.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            told[oldest.key] = nil
        }
        told[incident] = told[incident] ?? now
    }

    mutating func forget(at now: Timestamp) {
        told = told.filter { (0..<Self.age).contains(now.seconds(since: $0.value)) }
    }
}
