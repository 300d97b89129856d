/// A point in time on the machine's monotonic clock, or a span, in nanoseconds.
///
/// Eight bytes, since the engine keeps one for every outstanding question.
package struct Monotonic: Hashable, Comparable, Sendable {
    /// From an arbitrary origin; for a span, its length.
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        // A century is sufficient for every timeout; larger durations would overflow.
        let bounded = min(max(seconds, -3_200_000_000), 3_200_000_000)
        self.nanoseconds = bounded * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// Returns a span.
    package static func milliseconds(_ count: Int64) -> Monotonic {
        Monotonic(nanoseconds: count * 1_000_000)
    }

    /// The span as a `Duration`.
    package var duration: Duration { .nanoseconds(nanoseconds) }

    /// Orders by time, or by length.
    package static func < (left: Monotonic, right: Monotonic) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Wraps around beyond 292 years.
    package static func + (left: Monotonic, right: Monotonic) -> Monotonic {
        Monotonic(nanoseconds: left.nanoseconds &+ right.nanoseconds)
    }

    /// Wraps around beyond 292 years.
    package static func - (left: Monotonic, right: Monotonic) -> Monotonic {
        Monotonic(nanoseconds: left.nanoseconds &- right.nanoseconds)
    }
}
