/// A day in UTC, as the number of days since 1970-01-01.
package struct DayNumber: Sendable, Hashable, Comparable {
    /// The number of days since 1970-01-01; negative before it.
    package var number: Int

    package init(_ number: Int) { self.number = number }

    /// Creates the day that contains a moment.
    package init(of moment: Timestamp) {
        let seconds = moment.seconds
        number = Int(seconds >= 0 ? seconds / 86_400 : -((-seconds + 86_399) / 86_400))
    }

    /// Its midnight.
    package var start: Timestamp { Timestamp(seconds: Int64(number) * 86_400) }
    /// The midnight after it.
    package var end: Timestamp { start.adding(seconds: 86_400) }
    /// The date, such as `2026-10-31`.
    package var text: String { String(start.description.prefix(10)) }

    package static func < (one: DayNumber, other: DayNumber) -> Bool { one.number < other.number }
}
