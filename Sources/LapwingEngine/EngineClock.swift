package import LapwingCore

/// The clocks of the daemon and the executors of its actors, injected so that a simulated world can replace them.
///
/// The wall clock is used for the times of observations and the validity of signatures; users and NTP set it, possibly
/// by years. All waiting (slots, retries, budgets, caches) uses ``steady()``.
package struct EngineClock: Sendable {
    /// The wall clock.
    package var now: @Sendable () -> Timestamp
    /// Milliseconds of a monotonic clock that also advances while the machine sleeps.
    package var elapsed: @Sendable () -> Int64
    /// Waits for this many seconds of this clock.
    package var sleep: @Sendable (Double) async throws -> Void
    /// Runs a job of an actor that blocks on the disk, possibly later, and one job of an actor at a time.
    package typealias Runner = @Sendable (UnownedJob, UnownedSerialExecutor) -> Void

    /// Runs these actors; nil if each has a thread of its own.
    package let runner: Runner?
    /// The difference between the wall clock and `elapsed` in milliseconds at the creation of this value.
    private let beginning: Int64

    package init(
        now: @escaping @Sendable () -> Timestamp, elapsed: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Double) async throws -> Void, runner: Runner? = nil
    ) {
        self.runner = runner
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
        beginning = now().milliseconds - elapsed()
    }

    /// Seconds on the monotonic clock.
    package func monotonic() -> Int64 { elapsed() / 1000 }

    /// The steady clock: the wall clock at the start, advanced by the monotonic clock.
    package func steady() -> Timestamp { Timestamp(milliseconds: beginning + elapsed()) }

    /// The largest difference in milliseconds between two readings of one clock for which a reading of the other clock
    /// in between is accepted.
    private static let nearness: Int64 = 500

    /// Milliseconds by which the wall clock was set ahead since the start; negative if it was set back.
    ///
    /// Two clocks cannot be read at the same time. A thread that is suspended between the readings would mistake the
    /// delay for a change of the clock, so they are read again in that case.
    package func offset() -> Int64 {
        var before = steady().milliseconds
        var offset: Int64 = 0
        for _ in 0..<10 {
            offset = now().milliseconds - before
            let after = steady().milliseconds
            if after - before < Self.nearness { return offset }
            before = after
        }
        return offset
    }
}
