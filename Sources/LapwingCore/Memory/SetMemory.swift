/// The memory of one watched RRset.
///
/// Bounded: at most ``historyLimit`` whole values and twice ``poolLimit`` members, which is about 40 bytes for an
/// address that does not change and at most about 25 kB for a name behind a large network.
package struct SetMemory: Sendable, Hashable, Codable {
    /// The largest number of whole values.
    package static let historyLimit = 24
    /// The largest number of members of ``pool``, and of ``elsewhere``.
    package static let poolLimit = 256
    /// Seconds for which a value of an authoritative server counts as known.
    package static let memory: Int64 = 30 * 86_400

    /// A value that an authoritative server served, and when.
    package struct Served: Sendable, Hashable, Codable {
        /// The value.
        package var value: SetValue
        /// When it was first served.
        package var first: Timestamp
        /// When it was last served.
        package var last: Timestamp
    }

    /// A value that waits for a verdict.
    package struct Departure: Sendable, Hashable, Codable {
        /// The value that is served instead of the known one.
        package var value: SetValue
        /// When it was first seen.
        package var since: Timestamp
        /// The TTL that came with it, in seconds; nil without records.
        package var ttl: UInt32?
    }

    /// The values, latest first.
    package var served: [Served] = []
    /// Members that an authoritative server gave, with the last time.
    package var pool: [Member: Timestamp] = [:]
    /// Members that only resolvers gave: behind an alias, or for other regions.
    package var elsewhere: [Member: Timestamp] = [:]
    /// The TTLs that were served.
    package var ttl = TTLMemory()
    /// A new value that is not learnt yet; nil while the served value is known.
    package var departure: Departure?
    /// The number of regular rounds in which an authoritative server gave a conclusive answer.
    package var polls = 0
    /// The number of those rounds in which the value differed from the round before.
    package var changes = 0
    /// The number of those rounds in which servers of one serial gave different values.
    package var varied = 0
    /// Whether none of the members was known, in each of the last 16 regular rounds, latest in the lowest bit.
    package var strange: UInt16 = 0
    /// Whether the value differed from the round before or between servers, in the same form; nil before the first such
    /// round.
    package var turns: UInt16?
    /// A run of entirely new values; nil if the last one was known.
    package var novelty: Novelty?
    /// Since when the target of the alias does not exist; nil while it does.
    package var danglingSince: Timestamp?
    /// The number of consecutive regular rounds in which the target did not exist.
    package var danglingPolls = 0

    package init() {}

    /// A run of values without any member that was seen before.
    package struct Novelty: Sendable, Hashable, Codable {
        /// The largest number of members of a run.
        package static let limit = 128

        /// The number of consecutive regular rounds.
        package var rounds = 0
        /// Members of the run's values, at most ``limit``.
        package var members: [Member] = []

        package init() {}
    }

    /// The last value of the accepted servers; nil if there was none yet.
    package var current: SetValue? { served.first?.value }

    /// Whether nearly all polls found one value and it did not change repeatedly in recent ones; in the first few,
    /// whether all sources gave one value. A few changes are not a rotation, however young the memory is.
    package var isStable: Bool {
        polls < 8 ? varied == 0 : changes <= max(Self.fewChanges, polls / 20) && (turns ?? 0).nonzeroBitCount < 4
    }

    /// The number of changes that an owner may make in succession.
    private static let fewChanges = 3

    /// Whether the value has been the same for long enough to compare the resolvers' answers with it: a name that moves
    /// may get other addresses in other regions, or a pool of which not all members were seen yet.
    package func isSettled(at now: Timestamp, interval: Int64) -> Bool {
        guard isStable, let current = served.first else { return false }
        guard served.count > 1 else { return true }
        return now.seconds(since: current.first) > Int64(ttl.highest) + 12 * interval
    }

    /// Whether an accepted server gave this value within the last ``memory`` seconds.
    package func knows(_ value: SetValue, at now: Timestamp) -> Bool {
        served.contains { $0.value == value && now.seconds(since: $0.last) <= Self.memory }
    }

    /// Whether it is data for users elsewhere, possibly together with members that were served here.
    package func isElsewhere(_ value: SetValue) -> Bool {
        value.kind == .data && value.members.contains { elsewhere[$0] != nil }
            && value.members.allSatisfy { elsewhere[$0] != nil || pool[$0] != nil }
    }

    /// Whether an authoritative server denied it within this number of seconds.
    package func wasDenied(within seconds: Int64, before now: Timestamp) -> Bool {
        served.contains { !$0.value.isPresent && now.seconds(since: $0.last) <= seconds }
    }

    /// Returns the members that no accepted server gave within the last ``memory`` seconds.
    package func unseenMembers(in value: SetValue, at now: Timestamp) -> [Member] {
        value.members.filter { pool[$0].map { now.seconds(since: $0) > Self.memory } ?? true }
    }
}

/// The TTL of one RRset at the authoritative servers.
package struct TTLMemory: Sendable, Hashable, Codable {
    /// The last TTL, in seconds; nil before the first.
    package var current: UInt32?
    /// Since when this TTL is served.
    package var since: Timestamp?
    /// The TTL before the last change, in seconds; nil if there was no change.
    package var previous: UInt32?
    /// The highest recent TTL: caches may hold data for this time.
    package var highest: UInt32 = 0
    /// When ``highest`` was last served; nil before the first TTL.
    package var highestAt: Timestamp?

    package init() {}

    /// Adds the TTL of one round.
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

    /// Whether it was cut to a fifth or less within the last two days.
    package func wasCut(at now: Timestamp) -> Bool {
        guard let current, let previous, let since else { return false }
        return current <= previous / 5 && now.seconds(since: since) <= 48 * 3600
    }
}
