/// A moment on the wall clock, in milliseconds since 1970-01-01T00:00:00Z.
///
/// The core never asks for the time: every moment it knows was handed to it.
package struct Timestamp: Hashable, Sendable, Comparable, Codable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        milliseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// Whole seconds since the epoch, rounded down.
    package var seconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    }

    package static func < (one: Timestamp, other: Timestamp) -> Bool {
        one.milliseconds < other.milliseconds
    }

    /// The moment so many seconds later; saturates instead of overflowing.
    package func adding(seconds: Int64) -> Timestamp {
        let step = Timestamp(seconds: seconds).milliseconds
        let (sum, overflow) = milliseconds.addingReportingOverflow(step)
        return Timestamp(milliseconds: overflow ? (step < 0 ? .min : .max) : sum)
    }

    /// Seconds from the other moment to this one; negative when this one is earlier.
    package func seconds(since other: Timestamp) -> Int64 {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(other.milliseconds)
        if overflow { return milliseconds < other.milliseconds ? .min / 1000 : .max / 1000 }
        return difference / 1000
    }

    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}
