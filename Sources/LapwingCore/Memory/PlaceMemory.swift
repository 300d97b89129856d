import DNSWire

/// The records that are normal at one place other than the judge's.
///
/// Each place is learnt separately, so that a domain that serves by region causes no finding. Bounded: ``limit`` places
/// for each domain and ``poolLimit`` records for each RRset. An RRset with more of them varies and causes no finding.
package struct PlaceMemory: Sendable, Hashable, Codable {
    /// The largest number of places remembered for a domain; those seen first are kept.
    package static let limit = 8
    /// The largest number of records kept of one RRset at one place.
    package static let poolLimit = 64
    /// Seconds after which the time of a record that is still given is renewed. A renewal with each look would keep the
    /// domain from resting.
    static let renewal: Int64 = 86_400

    /// The records of one RRset.
    package struct Pool: Sendable, Hashable, Codable {
        /// The records, each with a time at which it was given, to the day.
        package var members: [Member: Timestamp] = [:]
        /// Whether there were more records than are kept.
        package var isVarying = false

        package init() {}
    }

    /// The time of the first look from there.
    package var since: Timestamp
    /// The records of each RRset that were given there.
    package var sets: [RecordSetKey: Pool] = [:]

    package init(since: Timestamp) { self.since = since }

    /// Adds records that are given there.
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
    /// Changes the place that judges the domain, as when a worker of another vantage takes it over.
    ///
    /// The records learnt at the new place while another one judged are no news now. The records learnt at the old
    /// place become the memory of that place.
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
