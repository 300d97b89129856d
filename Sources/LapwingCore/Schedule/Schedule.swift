/// Decides which watches are due. Each has fixed slots `phase + k × interval`, so no round shifts them, however long it
/// takes.
///
/// A missed slot (because the machine was busy) is not repeated: the watch runs once and continues with its next slot.
/// After a sleep of the machine, when all watches missed theirs, ``afterGap`` of them run each second instead of all at
/// once.
///
/// All times are those of a monotonic clock: setting the wall clock neither stops the watch nor causes a burst.
package struct Schedule: Sendable {
    /// The schedule of one watch.
    package struct Entry: Sendable, Hashable {
        /// Seconds between slots, at least 1.
        package var interval: Int64
        /// The position of its slots in the interval, in seconds.
        package var phase: Int64
        /// The second of its next turn; a bucket that differs is outdated since the watch was moved.
        package var next: Int64
    }

    /// Seconds between two calls after which a sleep of the machine is assumed.
    static let gap: Int64 = 60
    /// The number of watches that run each second after a sleep.
    package static let afterGap: Int64 = 200

    /// Returns the number of watches that run each second at the start: at least ``afterGap``, and more if the start
    /// would otherwise take longer than about a hundred seconds.
    ///
    /// An operator with tens of thousands of domains has resolvers of their own; no machine in the measurements learnt
    /// more than a thousand domains a second.
    package static func firstsASecond(of watches: Int) -> Int64 { min(max(afterGap, Int64(watches / 100)), 1000) }

    private var entries: [Int: Entry] = [:]
    private var buckets: [Int64: [Int]] = [:]
    private var cursor: Int64

    package init(at now: Timestamp) {
        cursor = now.seconds
    }

    /// The number of watches in the schedule.
    package var count: Int { entries.count }

    /// Adds or moves a watch; its first turn comes `delay` seconds from now, the next ones in its slots.
    package mutating func set(_ id: Int, interval: Int64, phase: Int64, firstAfter delay: Int64, at now: Timestamp) {
        let interval = max(1, interval)
        let first = max(now.seconds + max(0, delay), cursor)
        entries[id] = Entry(interval: interval, phase: ((phase % interval) + interval) % interval, next: first)
        buckets[first, default: []].append(id)
    }

    /// Removes a watch; a number that is not in the schedule is ignored.
    package mutating func remove(_ id: Int) {
        entries[id] = nil
    }

    /// Removes and returns all watches that are due, each with its delay in seconds, and schedules their next slots.
    package mutating func due(at now: Timestamp) -> [(id: Int, late: Int64)] {
        let moment = now.seconds
        guard moment >= cursor else { return [] }
        var due: [(id: Int, late: Int64)] = []
        let slept = moment - cursor > Self.gap
        var missed: Int64 = 0
        // Iterates over the seconds passed or over the buckets in use, whichever are fewer.
        let slots =
            moment - cursor < Int64(buckets.count)
            ? Array(cursor...moment) : buckets.keys.filter { $0 <= moment }.sorted()
        for slot in slots {
            for id in buckets.removeValue(forKey: slot) ?? [] {
                guard let entry = entries[id], entry.next == slot else { continue }
                var next = Self.slot(after: moment, of: entry)
                if slept, missed >= Self.afterGap {
                    next = min(next, moment + missed / Self.afterGap)
                } else {
                    due.append((id, moment - slot))
                }
                missed += 1
                entries[id]?.next = next
                buckets[next, default: []].append(id)
            }
        }
        cursor = moment + 1
        return due
    }

    /// The second at which the next watch is due; nil if there is none.
    package var nextWake: Timestamp? {
        buckets.keys.min().map(Timestamp.init(seconds:))
    }

    private static func slot(after moment: Int64, of entry: Entry) -> Int64 {
        let since = moment - entry.phase
        let passed = since >= 0 ? since / entry.interval : -((-since + entry.interval - 1) / entry.interval)
        return entry.phase + (passed + 1) * entry.interval
    }
}
