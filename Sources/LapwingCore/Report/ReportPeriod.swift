import DNSWire

/// The days of a report, in UTC.
package struct ReportPeriod: Sendable, Hashable {
    /// The longest period of one report, in days.
    package static let longest = 3660

    /// The kind of period.
    package enum Kind: Sendable, Hashable {
        /// The month, numbered from 1, and the year.
        case month(Int, Int)
        /// The week by ISO 8601, and the year of its Thursday.
        case week(Int, Int)
        case days
    }

    /// Whether it is a calendar month, a week or any range of days, which determines its title.
    package let kind: Kind
    /// Its first day.
    package let first: DayNumber
    /// Its last day.
    package let last: DayNumber
    /// The code in file names and addresses: `2026-10`, `2026-W44`, `2026-10-03_2026-10-09`.
    package let code: String

    private init(_ first: DayNumber, _ last: DayNumber, _ kind: Kind, _ code: String) {
        self.first = first
        self.last = last
        self.kind = kind
        self.code = code
    }

    /// The title in English; for other languages see ``Wording/title(_:)``.
    package var title: String { Wording.plain.title(self) }

    /// The midnight at which its first day begins.
    package var start: Timestamp { first.start }
    /// The midnight after its last day.
    package var end: Timestamp { last.end }
    /// All its days, in order.
    package var days: [DayNumber] { (first.number...last.number).map(DayNumber.init) }

    /// Returns the end of the past part of the period at a moment.
    package func passed(at now: Timestamp) -> Timestamp { min(max(now, start), end) }

    /// Creates the month of a text such as `2026-10`; nil for anything else.
    package init?(month text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 7, parts.count == 2, let year = Self.number(parts[0], 4),
            let month = Self.number(parts[1], 2), year > 0, (1...12).contains(month)
        else { return nil }
        self = Self.month(year, month)
    }

    private static func month(_ year: Int64, _ month: Int64) -> ReportPeriod {
        let first = CivilDate.day(year: year, month: month, day: 1)
        let next = month == 12 ? (year + 1, 1 as Int64) : (year, month + 1)
        let last = CivilDate.day(year: next.0, month: next.1, day: 1) - 1
        return ReportPeriod(
            DayNumber(Int(first)), DayNumber(Int(last)), .month(Int(month), Int(year)),
            "\(CivilDate.padded(year, 4))-\(CivilDate.padded(month, 2))")
    }

    /// Creates the week of a text such as `2026-W44` (ISO 8601: weeks begin on Monday, and the first one contains the
    /// year's first Thursday); nil for anything else.
    package init?(week text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 8, parts.count == 2, let year = Self.number(parts[0], 4), year > 0,
            parts[1].first == "W", let week = Self.number(parts[1].dropFirst(), 2), (1...53).contains(week)
        else { return nil }
        let monday = Self.firstMonday(of: year) + (week - 1) * 7
        // Not every year has a 53rd week.
        guard monday < Self.firstMonday(of: year + 1) else { return nil }
        self = Self.week(monday: monday, of: year, number: week)
    }

    private static func week(monday: Int64, of year: Int64, number: Int64) -> ReportPeriod {
        ReportPeriod(
            DayNumber(Int(monday)), DayNumber(Int(monday) + 6), .week(Int(number), Int(year)),
            "\(CivilDate.padded(year, 4))-W\(CivilDate.padded(number, 2))")
    }

    /// Returns the Monday of the week that contains the fourth of January.
    private static func firstMonday(of year: Int64) -> Int64 {
        let fourth = CivilDate.day(year: year, month: 1, day: 4)
        return fourth - weekday(fourth)
    }

    /// Returns 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday.
    private static func weekday(_ day: Int64) -> Int64 { ((day + 3) % 7 + 7) % 7 }

    /// Creates a period from one date to another, both included; nil for an invalid date, or if there are too many
    /// days.
    package init?(from: String, to: String) {
        guard let first = Self.day(from), let last = Self.day(to) else { return nil }
        self.init(from: first, to: last)
    }

    /// Creates a period from one day to another, both included; nil if there are no days, or too many.
    package init?(from first: DayNumber, to last: DayNumber) {
        guard first <= last, last.number - first.number < Self.longest else { return nil }
        self.init(first, last, .days, "\(first.text)_\(last.text)")
    }

    private static func day(_ text: String) -> DayNumber? {
        guard text.utf8.count == 10, text.contains("-"), let moment = Timestamp(text) else { return nil }
        return DayNumber(of: moment)
    }

    /// Parses the code of a month, a week, or a range of days; nil for anything else.
    package init?(code: String) {
        let days = code.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        if days.count == 2, let period = ReportPeriod(from: days[0], to: days[1]) {
            self = period
        } else if let period = ReportPeriod(month: code) ?? ReportPeriod(week: code) {
            self = period
        } else {
            return nil
        }
    }

    /// Returns the month that contains a moment.
    package static func month(of moment: Timestamp) -> ReportPeriod {
        let (year, month, _) = CivilDate.date(ofDay: Int64(DayNumber(of: moment).number))
        return Self.month(year, month)
    }

    /// Returns the week that contains a moment.
    package static func week(of moment: Timestamp) -> ReportPeriod {
        let day = Int64(DayNumber(of: moment).number)
        let monday = day - weekday(day)
        // The year of a week is that of its Thursday.
        let (year, _, _) = CivilDate.date(ofDay: monday + 3)
        return week(monday: monday, of: year, number: (monday - firstMonday(of: year)) / 7 + 1)
    }

    /// Returns the last complete month before a moment.
    package static func lastMonth(before moment: Timestamp) -> ReportPeriod {
        month(of: month(of: moment).start.adding(seconds: -1))
    }

    /// Returns the last complete week before a moment.
    package static func lastWeek(before moment: Timestamp) -> ReportPeriod {
        week(of: week(of: moment).start.adding(seconds: -1))
    }

    private static func number(_ text: some StringProtocol, _ width: Int) -> Int64? {
        guard text.utf8.count == width, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text)
    }
}
