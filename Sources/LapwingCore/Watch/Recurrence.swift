import DNSWire

/// The recurrence of a window: the part of RFC 5545 section 3.3.10 that maintenance windows need.
///
/// `FREQ` of `DAILY`, `WEEKLY` or `MONTHLY` with `INTERVAL`, `BYDAY` (with a number for `MONTHLY`: `1SU`, `-1FR`),
/// `BYMONTHDAY`, and `COUNT` or `UNTIL`. Weeks begin on Monday. Times are local times of a place, so that a window
/// keeps its hour when clocks are changed.
package struct Recurrence: Sendable, Hashable {
    /// The unit of ``interval``, as RFC 5545 writes it.
    package enum Frequency: String, Sendable, Hashable, CaseIterable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
    }

    /// A day of the week, 0 for Monday; with a number, the first, second or last such day of the month.
    package struct Day: Sendable, Hashable {
        /// The number within the month, from -5 to 5, negative from its end; 0 for each such day.
        package var number: Int
        /// 0 for Monday to 6 for Sunday.
        package var weekday: Int
    }

    /// An error in a rule.
    package struct Fault: Error, Sendable, Hashable {
        /// Half a sentence, such as `FREQ is missing`.
        package var text: String

        package init(text: String) {
            self.text = text
        }
    }

    /// The rule as it was written.
    package let text: String
    /// `FREQ`.
    package let frequency: Frequency
    /// `INTERVAL`, 1 to 1000.
    package let interval: Int64
    /// `BYDAY`; empty if the rule has none.
    package let days: [Day]
    /// `BYMONTHDAY`, 1 to 31, or -1 to -31 from the end of the month; empty if the rule has none.
    package let monthDays: [Int]
    /// `COUNT`, 1 to 1000, including the first occurrence; nil if there is none.
    package let count: Int?
    /// `UNTIL`, the last moment at which an occurrence may begin; nil if there is none.
    package let until: Timestamp?
    /// The clock of the place in whose local time the hours are given.
    package let clock: LocalClock
    /// The day of the last occurrence, in days since the epoch; nil if there is no end.
    private let lastDay: Int64?

    /// The largest number of days that are counted through, a hundred years.
    private static let horizon: Int64 = 36_525
    private static let longest = 500

    /// Parses a rule; `from` and `to` are the first occurrence, which the rule must include.
    ///
    /// - Throws: `Fault` if the rule is not valid, not supported, or does not include the first occurrence.
    package init(_ text: String, from: Timestamp, to: Timestamp, clock: LocalClock) throws(Fault) {
        guard text.utf8.count <= Self.longest else { throw Fault(text: "the rule is longer than 500 bytes") }
        var reader = RecurrenceReader()
        for part in text.split(separator: ";", omittingEmptySubsequences: false) { try reader.take(part) }
        guard let frequency = reader.frequency else { throw Fault(text: "FREQ is missing") }
        if reader.count != nil, reader.until != nil { throw Fault(text: "COUNT and UNTIL exclude each other") }
        if frequency != .monthly, reader.days.contains(where: { $0.number != 0 }) {
            throw Fault(text: "BYDAY has numbers only with FREQ=MONTHLY")
        }
        if frequency == .weekly, !reader.monthDays.isEmpty {
            throw Fault(text: "BYMONTHDAY does not go with FREQ=WEEKLY")
        }
        self.text = text
        self.frequency = frequency
        interval = reader.interval
        days = reader.days
        monthDays = reader.monthDays
        count = reader.count
        until = reader.until
        self.clock = clock
        let shape = Shape(frequency, interval, days, monthDays, first: LocalClock.split(clock.shown(at: from)).day)
        guard shape.includes(shape.first) else { throw Fault(text: "the first time is none that the rule gives") }
        if let most = reader.count {
            var day = shape.first
            var seen = 1
            while seen < most, day - shape.first < Self.horizon {
                day += 1
                if shape.includes(day) { seen += 1 }
            }
            lastDay = day
        } else {
            lastDay = reader.until.map { LocalClock.split(clock.shown(at: $0)).day }
        }
    }

    /// Returns the occurrence at a moment, or else the next one that begins within this many seconds.
    func occurrence(
        at moment: Timestamp, within seconds: Int64, from: Timestamp, to: Timestamp
    ) -> (from: Timestamp, to: Timestamp)? {
        let (firstDay, second) = LocalClock.split(clock.shown(at: from))
        // Each occurrence lasts as long as the first, even if clocks are changed during it (RFC 5545, section 3.8.5.3).
        let length = to.seconds(since: from)
        let shape = Shape(frequency, interval, days, monthDays, first: firstDay)
        let today = LocalClock.split(clock.shown(at: moment)).day
        let earliest = max(firstDay, today - length / LocalClock.day - 1)
        let latest = min(lastDay ?? .max, today + min(max(0, seconds) / LocalClock.day, Self.horizon) + 1)
        guard earliest <= latest else { return nil }
        for day in earliest...latest where shape.includes(day) {
            let begin = clock.moment(showing: day * LocalClock.day + second)
            if let until, begin > until { return nil }
            let end = begin.adding(seconds: length)
            if end <= moment { continue }
            return begin <= moment || begin.seconds(since: moment) <= seconds && seconds > 0 ? (begin, end) : nil
        }
        return nil
    }

    /// The days that a rule includes.
    private struct Shape {
        let frequency: Frequency
        let interval: Int64
        let days: [Day]
        let monthDays: [Int]
        let first: Int64
        let firstDate: (year: Int64, month: Int64, day: Int64)

        init(_ frequency: Frequency, _ interval: Int64, _ days: [Day], _ monthDays: [Int], first: Int64) {
            self.frequency = frequency
            self.interval = interval
            self.days = days
            self.monthDays = monthDays
            self.first = first
            firstDate = CivilDate.date(ofDay: first)
        }

        func includes(_ day: Int64) -> Bool {
            guard day >= first else { return false }
            let weekday = LocalClock.weekday(ofDay: day)
            switch frequency {
            case .daily:
                return (day - first) % interval == 0 && (days.isEmpty || days.contains { $0.weekday == weekday })
                    && (monthDays.isEmpty || isOfMonth(day))
            case .weekly:
                let week = { (day: Int64) in day - Int64(LocalClock.weekday(ofDay: day)) }
                guard (week(day) - week(first)) / 7 % interval == 0 else { return false }
                return days.isEmpty
                    ? weekday == LocalClock.weekday(ofDay: first) : days.contains { $0.weekday == weekday }
            case .monthly:
                let date = CivilDate.date(ofDay: day)
                let months = (date.year - firstDate.year) * 12 + date.month - firstDate.month
                guard months % interval == 0 else { return false }
                if days.isEmpty, monthDays.isEmpty { return date.day == firstDate.day }
                return (monthDays.isEmpty || isOfMonth(day)) && (days.isEmpty || isWeekday(day, date, weekday))
            }
        }

        private func isOfMonth(_ day: Int64) -> Bool {
            let date = CivilDate.date(ofDay: day)
            let length = Timestamp.days(inMonth: date.month, of: date.year)
            return monthDays.contains { $0 > 0 ? Int64($0) == date.day : length + 1 + Int64($0) == date.day }
        }

        private func isWeekday(_ day: Int64, _ date: (year: Int64, month: Int64, day: Int64), _ weekday: Int) -> Bool {
            let length = Timestamp.days(inMonth: date.month, of: date.year)
            let number = Int((date.day - 1) / 7) + 1
            let fromEnd = -(Int((length - date.day) / 7) + 1)
            return days.contains { $0.weekday == weekday && [0, number, fromEnd].contains($0.number) }
        }
    }
}

/// Parses the parts of a rule, each at most once.
private struct RecurrenceReader {
    var frequency: Recurrence.Frequency?
    var interval: Int64 = 1
    var days: [Recurrence.Day] = []
    var monthDays: [Int] = []
    var count: Int?
    var until: Timestamp?
    private var seen: Set<String> = []

    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    mutating func take(_ part: Substring) throws(Recurrence.Fault) {
        let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard pair.count == 2 else { throw Recurrence.Fault(text: "`\(part)` is no part such as FREQ=WEEKLY") }
        let (name, value) = (pair[0].uppercased(), pair[1].uppercased())
        guard seen.insert(name).inserted else { throw Recurrence.Fault(text: "\(name) is given twice") }
        switch name {
        case "FREQ":
            guard let known = Recurrence.Frequency(rawValue: value) else {
                throw Recurrence.Fault(text: "FREQ is none of DAILY, WEEKLY, MONTHLY")
            }
            frequency = known
        case "INTERVAL": interval = Int64(try number(name, value, 1...1000))
        case "COUNT": count = try number(name, value, 1...1000)
        case "UNTIL":
            guard let moment = Self.moment(value) else {
                throw Recurrence.Fault(text: "UNTIL is no time such as 20261231T235959Z or 20261231")
            }
            until = moment
        case "BYDAY":
            for word in value.split(separator: ",", omittingEmptySubsequences: false) { days.append(try day(word)) }
        case "BYMONTHDAY":
            for word in value.split(separator: ",", omittingEmptySubsequences: false) {
                let day = try number(name, String(word), -31...31)
                guard day != 0 else { throw Recurrence.Fault(text: "BYMONTHDAY has a 0") }
                monthDays.append(day)
            }
        case "WKST" where value == "MO": break
        default:
            throw Recurrence.Fault(
                text: "\(name) is none of FREQ, INTERVAL, BYDAY, BYMONTHDAY, COUNT, UNTIL, WKST=MO")
        }
    }

    private func number(_ name: String, _ text: String, _ range: ClosedRange<Int>) throws(Recurrence.Fault) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw Recurrence.Fault(text: "\(name) is no number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func day(_ word: Substring) throws(Recurrence.Fault) -> Recurrence.Day {
        guard let weekday = Self.weekdays.firstIndex(of: String(word.suffix(2))) else {
            throw Recurrence.Fault(text: "BYDAY: `\(word)` is no day such as MO or 1SU")
        }
        let text = word.dropLast(2)
        if text.isEmpty { return Recurrence.Day(number: 0, weekday: weekday) }
        guard let number = Int(text), number != 0, (-5...5).contains(number) else {
            throw Recurrence.Fault(text: "BYDAY: `\(word)` has no number from -5 to 5")
        }
        return Recurrence.Day(number: number, weekday: weekday)
    }

    /// Parses `20261231T235959Z`, or a day, which is included to its end.
    private static func moment(_ text: String) -> Timestamp? {
        let digits = Array(text)
        guard digits.count == 8 || digits.count == 16 else { return nil }
        let day = "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))"
        if digits.count == 8 { return Timestamp("\(day)T23:59:59Z") }
        guard digits[8] == "T", digits[15] == "Z" else { return nil }
        let hour = "\(String(digits[9..<11])):\(String(digits[11..<13])):\(String(digits[13..<15]))"
        return Timestamp("\(day)T\(hour)Z")
    }
}
