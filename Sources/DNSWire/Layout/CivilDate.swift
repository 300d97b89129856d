/// Dates of the Gregorian calendar as days counted from 1970-01-01, also before it.
///
/// Years begin in March here, so that the leap day is the last of its year; 400 years, an era, are 146,097 days.
package enum CivilDate {
    private static let daysOfEra: Int64 = 146_097
    /// Days from 1 March of year 0 to 1970-01-01.
    private static let epoch: Int64 = 719_468

    /// The day of a date. A month from 1 to 12 is taken as given, a day beyond the month's end counts on.
    package static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = quotient(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * daysOfEra + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - epoch
    }

    /// The date of a day.
    package static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + epoch
        let era = quotient(shifted, daysOfEra)
        let dayOfEra = shifted - era * daysOfEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// Seconds since 1970 as `YYYYMMDDHHmmSS`; years beyond 9999 take more digits.
    package static func compactText(_ seconds: Int64) -> String {
        let day = quotient(seconds, 86_400)
        let rest = seconds - day * 86_400
        let (year, month, dayOfMonth) = date(ofDay: day)
        return padded(year, 4) + padded(month, 2) + padded(dayOfMonth, 2) + padded(rest / 3600, 2)
            + padded(rest / 60 % 60, 2) + padded(rest % 60, 2)
    }

    /// Digits with zeros in front up to a width.
    package static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Division that rounds down, also for negative numbers.
    package static func quotient(_ number: Int64, _ divisor: Int64) -> Int64 {
        let result = number / divisor
        return number % divisor < 0 ? result - 1 : result
    }
}
