package import LapwingCore

/// The clocks of the daemon and what its actors run on, handed in so that a simulated world can bring its own.
///
/// The wall clock says when something was seen and how long a signature lasts; people and NTP set it, by years if need
/// be. Whatever waits (slots, next tries, budgets, caches) waits by ``steady()``.
package struct EngineClock: Sendable {
    /// The wall clock.
    package var now: @Sendable () -> Timestamp
    /// Milliseconds on a monotonic clock that goes on while the machine sleeps.
    package var elapsed: @Sendable () -> Int64
    /// Waits for this many seconds of this clock.
    package var sleep: @Sendable (Double) async throws -> Void
    /// Runs a job of an actor that waits for the disk, some time later, one job of an actor at a time.
    package typealias Runner = @Sendable (UnownedJob, UnownedSerialExecutor) -> Void

    /// Runs these actors; nil for a thread of its own for each.
    package let runner: Runner?
    /// Milliseconds from `elapsed` to the wall clock as both were when the clock was made.
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

    /// The time by the monotonic clock: the wall clock's at the start, and what has passed since then.
    package func steady() -> Timestamp { Timestamp(milliseconds: beginning + elapsed()) }

    /// Milliseconds between the two readings of one clock that are near enough to say what the other one showed meanwhile.
    private static let nearness: Int64 = 500

    /// Milliseconds by which the wall clock was set ahead since the start; negative when it was set back.
    ///
    /// Two clocks cannot be read at once: a thread that is held up between them would take the delay for a clock that was
    /// set. So they are read again then.
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
