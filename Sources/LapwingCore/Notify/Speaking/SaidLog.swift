/// The messages so far, as far as they affect later ones; bounded by ``limit``.
package struct SaidLog: Sendable, Hashable, Codable {
    /// The largest number of threads, and of entries of ``told``.
    package static let limit = 4096
    /// Seconds after which the domains of a shared cause are no longer reported together but one by one.
    static let threadAge: Int64 = 30 * 86_400

    /// Lasting causes that several domains share.
    package var threads: [SharedThread] = []
    /// Reported incidents, by incident and channel: only their ends are sent.
    package var told: [String: Timestamp] = [:]
    /// The notices of each domain over each channel within the last hour, by `domain channel`.
    package var hours: [String: NoticeHour] = [:]
    /// Events that wait for the end of quiet hours, by incident and channel.
    package var waiting: [String: Waiting] = [:]
    /// The next digest of each channel.
    package var digests: [String: DigestDraft] = [:]
    /// Incidents that need an answer, by incident and channel.
    package var followUps: [String: FollowUp] = [:]

    /// Incidents that a channel removed from its list when they were reported to be undone, by incident and channel:
    /// their ends are no news there.
    package var takenOff: Set<String> = []

    /// Changes that were reported one by one within the last minutes, by `kind class channel`.
    package var moves: [String: RecentMoves] = [:]

    /// The largest number of follow-ups.
    static let mostFollowUps = 1024

    /// The last event of an incident in quiet hours.
    package struct Waiting: Sendable, Hashable, Codable {
        /// The event to report when they end.
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

    /// When a summary of held-back notices is due; nil while there are none.
    package var nextSummary: Timestamp? { hours.values.compactMap(\.summaryAt).min() }

    /// Also decodes data of earlier versions, which had no threads and no counts.
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

    /// Whether a channel received a message about an incident, alone or together with others that share its cause.
    func hasHeard(of incident: String, _ channel: String) -> Bool {
        knows(incident, channel) || threads.contains { $0.channel == channel && $0.members.contains(incident) }
    }

    /// Whether the event is reported together with others.
    func isShared(_ event: IncidentEvent, _ channel: String) -> Bool {
        event.shared != nil
            || threads.contains { $0.channel == channel && $0.members.contains(event.incident) }
    }

    func knows(_ incident: String, _ channel: String) -> Bool { told["\(incident) \(channel)"] != nil }

    mutating func note(_ event: IncidentEvent, _ channel: String, at now: Timestamp) {
        told["\(event.incident) \(channel)"] = event.kind == .close ? nil : now
    }

    /// Records that a message went to a further channel, by escalation or because its own channel cannot be reached.
    /// That channel then also receives the recovery and the end; for a shared cause, those of all its domains.
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

    /// Removes an incident from the threads of a channel except one; a thread without members ends without a message.
    mutating func leave(_ incident: String, _ channel: String, except key: String? = nil) {
        for index in threads.indices where threads[index].channel == channel && threads[index].key != key {
            threads[index].members.remove(incident)
        }
        threads.removeAll(where: \.members.isEmpty)
    }

    /// Drops entries that are too old to matter, and the oldest ones beyond the limits.
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
