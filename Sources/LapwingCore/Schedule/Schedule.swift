/// Says which watches are due: each has fixed slots `phase + k × interval`, so nothing drifts however long a round takes.
///
/// A slot that was missed (the machine was busy) is not caught up on: the watch runs once and goes on with its next slot.
/// After a sleep of the machine, when all have missed theirs, they come ``afterGap`` a second rather than all at once.
///
/// Moments are those of a monotonic clock: a wall clock that is set neither stops the watch nor starts a storm.
package struct Schedule: Sendable {
    /// When one watch is due.
    package struct Entry: Sendable, Hashable {
        /// Seconds between slots, at least 1.
        package var interval: Int64
        /// Seconds within the interval at which this watch's slots lie.
        package var phase: Int64
        /// The second of its next turn; a bucket that says otherwise is left over from before the watch was moved.
        package var next: Int64
    }

    /// Seconds without a look at the schedule after which it is taken for a sleep.
    static let gap: Int64 = 60
    /// Watches a second that come after a sleep.
    package static let afterGap: Int64 = 200

    /// Watches a second that come at the start: as many, or so many that all have come after about a hundred seconds.
    ///
    /// Whoever has tens of thousands of domains has resolvers of their own; more than a thousand a second no machine that
    /// this was measured on has learnt.
    package static func firstsASecond(of watches: Int) -> Int64 { min(max(afterGap, Int64(watches / 100)), 1000) }

    private var entries: [Int: Entry] = [:]
    private var buckets: [Int64: [Int]] = [:]
    private var cursor: Int64

    package init(at now: Timestamp) {
        cursor = now.seconds
    }

    /// Watches in the schedule.
    package var count: Int { entries.count }

    /// Adds or moves a watch; its first turn comes `delay` seconds from now, the next ones in its slots.
    package mutating func set(_ id: Int, interval: Int64, phase: Int64, firstAfter delay: Int64, at now: Timestamp) {
        let interval = max(1, interval)
        let first = max(now.seconds + max(0, delay), cursor)
        entries[id] = Entry(interval: interval, phase: ((phase % interval) + interval) % interval, next: first)
        buckets[first, default: []].append(id)
    }

    /// Takes a watch out; a number that is not in the schedule is ignored.
    package mutating func remove(_ id: Int) {
        entries[id] = nil
    }

    /// Takes out all watches that are due, each with how many seconds late it is, and books their next slots.
    package mutating func due(at now: Timestamp) -> [(id: Int, late: Int64)] {
        let moment = now.seconds
        guard moment >= cursor else { return [] }
        var due: [(id: Int, late: Int64)] = []
        let slept = moment - cursor > Self.gap
        var missed: Int64 = 0
        // Whichever is shorter: the seconds gone by, or the slots that hold something.
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

    /// The second at which the next watch is due; nil when there is none.
    package var nextWake: Timestamp? {
        buckets.keys.min().map(Timestamp.init(seconds:))
    }

    private static func slot(after moment: Int64, of entry: Entry) -> Int64 {
        let since = moment - entry.phase
        let passed = since >= 0 ? since / entry.interval : -((-since + entry.interval - 1) / entry.interval)
        return entry.phase + (passed + 1) * entry.interval
    }
}
