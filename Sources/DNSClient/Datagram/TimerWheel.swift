/// The deadlines of all slots, in buckets of about four milliseconds.
///
/// Setting, moving and cancelling a timer takes constant time. A deadline beyond the wheel's horizon (about four
/// seconds) is put into the last bucket, and inserted again when that bucket is due.
package struct TimerWheel {
    private static let bucketBits: Int64 = 22
    private static let bucketCount = 1024
    private static let none: Int32 = -1

    private var heads = [Int32](repeating: TimerWheel.none, count: TimerWheel.bucketCount)
    private var next: [Int32] = []
    private var previous: [Int32] = []
    private var bucketOf: [Int32] = []
    private var due: [Monotonic] = []
    /// The tick up to which buckets have been emptied.
    private var current: Int64
    /// The number of timers that are set.
    private(set) package var count = 0

    package init(at now: Monotonic) {
        current = now.nanoseconds >> Self.bucketBits
    }

    /// Sets or moves the timer of a slot.
    package mutating func set(_ slot: Int32, due moment: Monotonic) {
        cancel(slot)
        let index = Int(slot)
        while due.count <= index {
            next.append(Self.none)
            previous.append(Self.none)
            bucketOf.append(Self.none)
            due.append(moment)
        }
        due[index] = moment
        // Rounded up, so that an elapsed bucket contains no future deadline.
        let tick = (moment.nanoseconds >> Self.bucketBits) + 1
        let bounded = min(max(tick, current + 1), current + Int64(Self.bucketCount) - 1)
        let bucket = Int(bounded & Int64(Self.bucketCount - 1))
        next[index] = heads[bucket]
        previous[index] = Self.none
        if heads[bucket] != Self.none { previous[Int(heads[bucket])] = slot }
        heads[bucket] = slot
        bucketOf[index] = Int32(bucket)
        count += 1
    }

    /// Removes the timer of a slot, if it has one.
    package mutating func cancel(_ slot: Int32) {
        let index = Int(slot)
        guard index < bucketOf.count, bucketOf[index] != Self.none else { return }
        if previous[index] == Self.none {
            heads[Int(bucketOf[index])] = next[index]
        } else {
            next[Int(previous[index])] = next[index]
        }
        if next[index] != Self.none { previous[Int(next[index])] = previous[index] }
        bucketOf[index] = Self.none
        count -= 1
    }

    /// Removes the due timers and appends their slots.
    package mutating func advance(to now: Monotonic, into expired: inout [Int32]) {
        let target = now.nanoseconds >> Self.bucketBits
        guard target > current else { return }
        guard count > 0 else {
            current = target
            return
        }
        var tick = max(current, target - Int64(Self.bucketCount))
        while tick < target {
            tick += 1
            current = tick
            var slot = heads[Int(tick & Int64(Self.bucketCount - 1))]
            while slot != Self.none {
                let following = next[Int(slot)]
                if due[Int(slot)] <= now {
                    cancel(slot)
                    expired.append(slot)
                } else {
                    set(slot, due: due[Int(slot)])
                }
                slot = following
            }
        }
        current = target
    }

    /// The moment at which the wheel must be checked again, or nil if it is empty.
    package var nextDue: Monotonic? {
        guard count > 0 else { return nil }
        for step in 1..<Int64(Self.bucketCount) {
            let tick = current + step
            if heads[Int(tick & Int64(Self.bucketCount - 1))] != Self.none {
                return Monotonic(nanoseconds: tick << Self.bucketBits)
            }
        }
        return Monotonic(nanoseconds: (current + 1) << Self.bucketBits)
    }
}
