/// What is known of one watched RRset.
///
/// Bounded: at most ``historyLimit`` whole values and twice ``poolLimit`` members, that is about 40 bytes for an address
/// that does not change and at most about 25 kB for a name behind a large network.
package struct SetMemory: Sendable, Hashable, Codable {
    /// Whole values that are kept.
    package static let historyLimit = 24
    /// Members that are kept of ``pool``, and as many of ``elsewhere``.
    package static let poolLimit = 256
    /// Seconds for which a value that the authority served counts as known.
    package static let memory: Int64 = 30 * 86_400

    /// A value that an authority served, and when.
    package struct Served: Sendable, Hashable, Codable {
        /// What was served.
        package var value: SetValue
        /// When it was first served.
        package var first: Timestamp
        /// When it was last served.
        package var last: Timestamp
    }

    /// A value that waits for a verdict.
    package struct Departure: Sendable, Hashable, Codable {
        /// What is served instead of the known value.
        package var value: SetValue
        /// When it was first seen.
        package var since: Timestamp
        /// The TTL that came with it.
        package var ttl: UInt32?
    }

    /// Latest first.
    package var served: [Served] = []
    /// Members that an authority gave, with the last time.
    package var pool: [Member: Timestamp] = [:]
    /// Members that only resolvers gave: behind an alias, or for other regions.
    package var elsewhere: [Member: Timestamp] = [:]
    /// The times to live that were served.
    package var ttl = TTLMemory()
    /// A new value that is not learnt yet; nil while what is served is known.
    package var departure: Departure?
    /// Regular rounds in which the authority settled the value, and those in which it differed from the round before.
    package var polls = 0
    /// Of those, the rounds in which the value differed from the round before.
    package var changes = 0
    /// Those in which servers of one serial gave different values.
    package var varied = 0
    /// The last 16 regular rounds, latest in the lowest bit: whether nothing known was among the members.
    package var strange: UInt16 = 0
    /// The same for rounds in which the value was another than before, or differed between servers.
    package var turns: UInt16?
    /// A run of values that were wholly new; nil where the last was known.
    package var novelty: Novelty?
    /// Since when the end of the alias does not exist; nil while it does.
    package var danglingSince: Timestamp?
    /// Regular rounds in a row in which that was seen.
    package var danglingPolls = 0

    package init() {}

    /// Values one after the other of which nothing was seen before.
    package struct Novelty: Sendable, Hashable, Codable {
        /// Members kept of a run.
        package static let limit = 128

        /// Regular rounds in a row.
        package var rounds = 0
        /// Members of the run's values, at most ``limit``.
        package var members: [Member] = []

        package init() {}
    }

    /// What the accepted servers served last; nil before anything was seen.
    package var current: SetValue? { served.first?.value }

    /// One value in nearly all polls, and not another one again and again recently; in the first few, one value at all
    /// sources. A few changes make no rotation, however young the memory is.
    package var isStable: Bool {
        polls < 8 ? varied == 0 : changes <= max(Self.fewChanges, polls / 20) && (turns ?? 0).nonzeroBitCount < 4
    }

    /// Changes that an owner may make one after the other.
    private static let fewChanges = 3

    /// Whether the value has been the same for long enough that what resolvers give can be compared with it: who moves a
    /// name may give it other addresses in other regions, or a pool of which not all was seen yet.
    package func isSettled(at now: Timestamp, interval: Int64) -> Bool {
        guard isStable, let current = served.first else { return false }
        guard served.count > 1 else { return true }
        return now.seconds(since: current.first) > Int64(ttl.highest) + 12 * interval
    }

    /// Whether the accepted servers gave this value within the last ``memory`` seconds.
    package func knows(_ value: SetValue, at now: Timestamp) -> Bool {
        served.contains { $0.value == value && now.seconds(since: $0.last) <= Self.memory }
    }

    /// Whether it is what users of other places get, be it together with what was served here.
    package func isElsewhere(_ value: SetValue) -> Bool {
        value.kind == .data && value.members.contains { elsewhere[$0] != nil }
            && value.members.allSatisfy { elsewhere[$0] != nil || pool[$0] != nil }
    }

    /// Whether the authority denied it in the last seconds.
    package func wasDenied(within seconds: Int64, before now: Timestamp) -> Bool {
        served.contains { !$0.value.isPresent && now.seconds(since: $0.last) <= seconds }
    }

    /// The members that no accepted server gave within the last ``memory`` seconds.
    package func unseenMembers(in value: SetValue, at now: Timestamp) -> [Member] {
        value.members.filter { pool[$0].map { now.seconds(since: $0) > Self.memory } ?? true }
    }
}

/// TTL of one RRset at the authority.
package struct TTLMemory: Sendable, Hashable, Codable {
    /// The TTL that was served last, in seconds.
    package var current: UInt32?
    /// Since when it is served.
    package var since: Timestamp?
    /// What it was before the last change.
    package var previous: UInt32?
    /// The greatest value served recently and when it was served last: caches may hold data for so long.
    package var highest: UInt32 = 0
    /// When ``highest`` was served last.
    package var highestAt: Timestamp?

    package init() {}

    /// Takes in the TTL of one round.
    package mutating func note(_ ttl: UInt32, at now: Timestamp) {
        if current != ttl {
            previous = current
            current = ttl
            since = now
        }
        if ttl >= highest || highestAt.map({ now.seconds(since: $0) > Int64(highest) }) ?? true {
            highest = ttl
            highestAt = now
        }
    }

    /// Cut to a fifth or less within the last two days.
    package func wasCut(at now: Timestamp) -> Bool {
        guard let current, let previous, let since else { return false }
        return current <= previous / 5 && now.seconds(since: since) <= 48 * 3600
    }
}
