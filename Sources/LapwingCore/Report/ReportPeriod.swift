import DNSWire

/// The days that a report is about, by UTC.
package struct ReportPeriod: Sendable, Hashable {
    /// The longest period of one report, in days.
    package static let longest = 3660

    /// What kind of a time it is.
    package enum Kind: Sendable, Hashable {
        /// Numbered from 1, and its year.
        case month(Int, Int)
        /// By ISO 8601, and the year of its Thursday.
        case week(Int, Int)
        case days
    }

    package let kind: Kind
    /// Its first day.
    package let first: DayNumber
    /// Its last day.
    package let last: DayNumber
    /// What it is called in names of files and addresses: `2026-10`, `2026-W44`, `2026-10-03_2026-10-09`.
    package let code: String

    private init(_ first: DayNumber, _ last: DayNumber, _ kind: Kind, _ code: String) {
        self.first = first
        self.last = last
        self.kind = kind
        self.code = code
    }

    /// What it is called in English; other languages have their words for it, see ``Wording/title(_:)``.
    package var title: String { Wording.plain.title(self) }

    package var start: Timestamp { first.start }
    /// The midnight after its last day.
    package var end: Timestamp { last.end }
    package var days: [DayNumber] { (first.number...last.number).map(DayNumber.init) }

    /// How much of it has passed: all of it, or as far as a moment lies in it.
    package func passed(at now: Timestamp) -> Timestamp { min(max(now, start), end) }

    /// The month of `2026-10`; nil for anything else.
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

    /// The week of `2026-W44` (ISO 8601: from Monday on, the first one has the year's first Thursday); nil for anything
    /// else.
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

    /// The Monday of the week in which the fourth of January lies.
    private static func firstMonday(of year: Int64) -> Int64 {
        let fourth = CivilDate.day(year: year, month: 1, day: 4)
        return fourth - weekday(fourth)
    }

    /// 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday.
    private static func weekday(_ day: Int64) -> Int64 { ((day + 3) % 7 + 7) % 7 }

    /// From one day to another, both included; nil where there is no such day, or too many of them.
    package init?(from: String, to: String) {
        guard let first = Self.day(from), let last = Self.day(to) else { return nil }
        self.init(from: first, to: last)
    }

    /// From one day to another, both included; nil where there are none, or too many of them.
    package init?(from first: DayNumber, to last: DayNumber) {
        guard first <= last, last.number - first.number < Self.longest else { return nil }
        self.init(first, last, .days, "\(first.text)_\(last.text)")
    }

    private static func day(_ text: String) -> DayNumber? {
        guard text.utf8.count == 10, text.contains("-"), let moment = Timestamp(text) else { return nil }
        return DayNumber(of: moment)
    }

    /// What a code says: a month, a week, or days; nil for anything else.
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

    /// The month in which a moment lies.
    package static func month(of moment: Timestamp) -> ReportPeriod {
        let (year, month, _) = CivilDate.date(ofDay: Int64(DayNumber(of: moment).number))
        return Self.month(year, month)
    }

    /// The week in which a moment lies.
    package static func week(of moment: Timestamp) -> ReportPeriod {
        let day = Int64(DayNumber(of: moment).number)
        let monday = day - weekday(day)
        // The year of a week is that of its Thursday.
        let (year, _, _) = CivilDate.date(ofDay: monday + 3)
        return week(monday: monday, of: year, number: (monday - firstMonday(of: year)) / 7 + 1)
    }

    /// The last whole month before a moment.
    package static func lastMonth(before moment: Timestamp) -> ReportPeriod {
        month(of: month(of: moment).start.adding(seconds: -1))
    }

    /// The last whole week before a moment.
    package static func lastWeek(before moment: Timestamp) -> ReportPeriod {
        week(of: week(of: moment).start.adding(seconds: -1))
    }

    private static func number(_ text: some StringProtocol, _ width: Int) -> Int64? {
        guard text.utf8.count == width, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(text)
    }
}
