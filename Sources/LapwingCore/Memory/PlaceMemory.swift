import DNSWire

/// What is normal at one place other than that of whoever judges: the records that are given there.
///
/// Learnt place by place, so that a domain that gives each place its own is quiet. Bounded: ``limit`` places of a domain,
/// and of each set ``poolLimit`` records; a set with more of them varies, and nothing is said of it.
package struct PlaceMemory: Sendable, Hashable, Codable {
    /// Places that are remembered of a domain; of more, those that were seen first.
    package static let limit = 8
    /// Records that are kept of one set at one place.
    package static let poolLimit = 64
    /// Seconds after which a record that is still given is noted again: moments that moved on with each look would keep
    /// the domain from resting.
    static let renewal: Int64 = 86_400

    /// The records of one set.
    package struct Pool: Sendable, Hashable, Codable {
        /// With a moment at which each was given, to the day.
        package var members: [Member: Timestamp] = [:]
        /// There were more than are kept.
        package var isVarying = false

        package init() {}
    }

    /// When it was first looked at from there.
    package var since: Timestamp
    /// The records of each set that were given there.
    package var sets: [RecordSetKey: Pool] = [:]

    package init(since: Timestamp) { self.since = since }

    /// Takes in what is given there.
    mutating func note(_ members: [Member], of key: RecordSetKey, at now: Timestamp) {
        var pool = sets[key] ?? Pool()
        guard !pool.isVarying, !members.isEmpty else { return }
        for member in members where pool.members[member].map({ now.seconds(since: $0) >= Self.renewal }) ?? true {
            pool.members[member] = now
        }
        guard pool != sets[key] ?? Pool() else { return }
        pool.members = pool.members.filter { now.seconds(since: $0.value) <= SetMemory.memory }
        if pool.members.count > Self.poolLimit {
            pool.members = [:]
            pool.isVarying = true
        }
        sets[key] = pool
    }
}

extension WatchState {
    /// Has the domain judged from another place from now on, as when a worker of another vantage takes it over.
    ///
    /// What is given there was learnt while others judged, and is no news now; what was learnt here is what is normal at
    /// the place that it is judged from no longer.
    mutating func move(to place: String, at now: Timestamp) {
        let before = seenFrom ?? ""
        guard before != place else { return }
        seenFrom = place.isEmpty ? nil : place
        guard rounds > 0 else { return }
        for (key, pool) in places?[place]?.sets ?? [:] {
            for (member, moment) in pool.members where sets[key]?.pool[member] == nil {
                guard sets[key]?.elsewhere.count ?? 0 < SetMemory.poolLimit else { break }
                sets[key]?.elsewhere[member] = moment
            }
        }
        places?[place] = nil
        guard !before.isEmpty, places?.count ?? 0 < PlaceMemory.limit else { return }
        var memory = PlaceMemory(since: learntAt ?? now)
        for (key, set) in sets where key.type != .soa && key.type != .ds {
            memory.note(set.pool.keys.sorted(), of: key, at: now)
        }
        places = (places ?? [:]).merging([before: memory]) { known, _ in known }
    }
}
