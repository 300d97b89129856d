package import LapwingCore

/// The clocks of the daemon, handed in so that a simulated world can bring its own.
package struct EngineClock: Sendable {
    /// The wall clock.
    package var now: @Sendable () -> Timestamp
    /// Seconds on a clock that nobody sets.
    package var monotonic: @Sendable () -> Int64
    /// Waits for so many seconds of this clock.
    package var sleep: @Sendable (Double) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp, monotonic: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Double) async throws -> Void
    ) {
        self.now = now
        self.monotonic = monotonic
        self.sleep = sleep
    }
}
