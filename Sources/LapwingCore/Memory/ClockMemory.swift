/// The monitor's wall clock compared with a monotonic one.
package struct ClockMemory: Sendable, Hashable, Codable {
    /// The wall clock in the last round; nil before the first one.
    package var wall: Timestamp?
    /// The monotonic clock in the last round, in seconds.
    package var monotonic: Int64 = 0
    /// Seconds by which the wall clock is ahead of its expected time.
    package var offset: Int64 = 0
    /// When the wall clock was last seen to jump; nil if it never was.
    package var steppedAt: Timestamp?

    package init() {}
}
