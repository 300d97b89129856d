/// What was said, as far as it decides what is said next; bounded by ``limit``.
package struct SaidLog: Sendable, Hashable, Codable {
    /// Threads that are kept, and entries of ``told``.
    package static let limit = 4096
    /// Seconds after which a shared cause is no longer kept together: its domains are reported one by one from then on.
    static let threadAge: Int64 = 30 * 86_400

    /// Causes that domains have in common and that last.
    package var threads: [SharedThread] = []
    /// Incidents that were told, by incident and channel: only those are told to be over.
    package var told: [String: Timestamp] = [:]
    /// What each domain had to say over each channel within the last hour, by `domain channel`.
    package var hours: [String: NoticeHour] = [:]
    /// What waits for the end of quiet hours, by incident and channel.
    package var waiting: [String: Waiting] = [:]
    /// The next digest of each channel.
    package var digests: [String: DigestDraft] = [:]
    /// What somebody should answer, by incident and channel.
    package var followUps: [String: FollowUp] = [:]

    /// What was taken off the list of a channel when it was told to be undone, by incident and channel: its end is no news
    /// there.
    package var takenOff: Set<String> = []

    /// Changes that were told one by one within the last minutes, by `kind class channel`.
    package var moves: [String: RecentMoves] = [:]

    /// Follow-ups that are kept at most.
    static let mostFollowUps = 1024

    /// The last event of an incident in quiet hours.
    package struct Waiting: Sendable, Hashable, Codable {
        /// What is reported then.
        package var event: IncidentEvent
        /// The channel that is in quiet hours.
        package var channel: String
        /// When they end.
        package var until: Timestamp
    }

    package init() {}

    private enum CodingKeys: CodingKey {
        case threads, told, hours, waiting, digests, followUps, takenOff, moves
    }

    /// When a summary of what was held back is due; nil while nothing is held back.
    package var nextSummary: Timestamp? { hours.values.compactMap(\.summaryAt).min() }

    /// Reads what earlier versions wrote as well: they kept no threads and did not count.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        threads = try container.decodeIfPresent([SharedThread].self, forKey: .threads) ?? []
        told = try container.decodeIfPresent([String: Timestamp].self, forKey: .told) ?? [:]
        hours = try container.decodeIfPresent([String: NoticeHour].self, forKey: .hours) ?? [:]
        waiting = try container.decodeIfPresent([String: Waiting].self, forKey: .waiting) ?? [:]
        digests = try container.decodeIfPresent([String: DigestDraft].self, forKey: .digests) ?? [:]
        followUps = try container.decodeIfPresent([String: FollowUp].self, forKey: .followUps) ?? [:]
        takenOff = try container.decodeIfPresent(Set<String>.self, forKey: .takenOff) ?? []
        moves = try container.decodeIfPresent([String: RecentMoves].self, forKey: .moves) ?? [:]
    }

    /// Whether a channel was told of an incident, by itself or with others that share its cause.
    func hasHeard(of incident: String, _ channel: String) -> Bool {
        knows(incident, channel) || threads.contains { $0.channel == channel && $0.members.contains(incident) }
    }

    /// Whether others are told of together with the event.
    func isShared(_ event: IncidentEvent, _ channel: String) -> Bool {
        event.shared != nil
            || threads.contains { $0.channel == channel && $0.members.contains(event.incident) }
    }

    func knows(_ incident: String, _ channel: String) -> Bool { told["\(incident) \(channel)"] != nil }

    mutating func note(_ event: IncidentEvent, _ channel: String, at now: Timestamp) {
        told["\(event.incident) \(channel)"] = event.kind == .close ? nil : now
    }

    /// A message went to a channel beside the one that it was for, by escalation or since that one cannot be reached: it
    /// hears of the way back and of the end as well; of a cause that domains share, for all of them.
    package mutating func hear(_ notice: Notice, over channel: String, at now: Timestamp) {
        told["\(notice.incident) \(channel)"] = now
        guard
            var thread = threads.first(where: {
                $0.channel == notice.channel && $0.incident == notice.incident && $0.opening == nil
            }), !threads.contains(where: { $0.channel == channel && $0.key == thread.key })
        else { return }
        thread.channel = channel
        thread.toldDomains = thread.domains.count
        threads.append(thread)
        for member in thread.members { told["\(member) \(channel)"] = now }
    }

    /// Takes an incident out of the threads of a channel but for one; a thread that nobody is left in ends unsaid.
    mutating func leave(_ incident: String, _ channel: String, except key: String? = nil) {
        for index in threads.indices where threads[index].channel == channel && threads[index].key != key {
            threads[index].members.remove(incident)
        }
        threads.removeAll(where: \.members.isEmpty)
    }

    /// Drops what is too old to matter, and the oldest where there is too much.
    mutating func forget(at now: Timestamp) {
        threads.removeAll { now.seconds(since: $0.began) > Self.threadAge }
        for key in moves.keys { moves[key]?.forget(at: now) }
        moves = moves.filter { !$1.told.isEmpty }
        if threads.count > Self.limit { threads.removeFirst(threads.count - Self.limit) }
        if told.count > Self.limit {
            let oldest = told.sorted { $0.value < $1.value }.prefix(told.count - Self.limit / 2)
            for entry in oldest { told[entry.key] = nil }
        }
        if takenOff.count > Self.limit { takenOff = takenOff.filter { told[$0] != nil } }
    }
}
