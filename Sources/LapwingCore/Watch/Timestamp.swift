/// A moment on the wall clock, in milliseconds since 1970-01-01T00:00:00Z, in the years 1 to 9999.
///
/// The core never reads a clock: every moment is passed to it. A moment outside these years cannot be created, so that
/// no sum or difference of two moments overflows: arithmetic stops at the first and the last.
package struct Timestamp: Hashable, Sendable, Comparable, Codable {
    /// The seconds of the years with four digits (RFC 3339), 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
    package static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
    /// The first possible moment, at the beginning of the year 1.
    package static let earliest = Timestamp(milliseconds: .min)
    /// The last possible moment, at the end of the year 9999.
    package static let latest = Timestamp(milliseconds: .max)

    /// Milliseconds since the epoch, always within ``range``.
    package let milliseconds: Int64

    /// Creates the nearest possible moment.
    package init(milliseconds: Int64) {
        self.milliseconds = min(
            max(milliseconds, Self.range.lowerBound * 1000), Self.range.upperBound * 1000 + 999)
    }

    /// Creates the nearest possible moment.
    package init(seconds: Int64) {
        self.init(milliseconds: min(max(seconds, Self.range.lowerBound), Self.range.upperBound) * 1000)
    }

    /// Whole seconds since the epoch, rounded down.
    package var seconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    }

    /// Compares by time.
    package static func < (one: Timestamp, other: Timestamp) -> Bool {
        one.milliseconds < other.milliseconds
    }

    /// Returns the moment this many seconds later, limited to the first and the last possible one.
    package func adding(seconds: Int64) -> Timestamp {
        let (step, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? .earliest : .latest }
        let (sum, exceeds) = milliseconds.addingReportingOverflow(step)
        return exceeds ? (step < 0 ? .earliest : .latest) : Timestamp(milliseconds: sum)
    }

    /// Returns the seconds from the other moment to this one; negative if this one is earlier.
    package func seconds(since other: Timestamp) -> Int64 {
        (milliseconds - other.milliseconds) / 1000
    }

    /// Throws for a number outside the years 1 to 9999, which cannot have been meant as a moment.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let number = try container.decode(Int64.self)
        guard let moment = Timestamp(exactly: number) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(number) milliseconds is no moment of the years 1 to 9999")
        }
        self = moment
    }

    /// Returns nil for a number of milliseconds outside the years 1 to 9999.
    package init?(exactly milliseconds: Int64) {
        self.init(milliseconds: milliseconds)
        guard self.milliseconds == milliseconds else { return nil }
    }

    /// Encodes the number of milliseconds.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}
