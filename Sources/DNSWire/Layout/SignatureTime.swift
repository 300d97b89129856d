/// The times of signatures: seconds since 1970, written as `YYYYMMDDHHmmSS` (RFC 4034 section 3.2).
enum SignatureTime {
    static func text(_ seconds: UInt32) -> String {
        let (year, month, day) = civil(days: Int(seconds) / 86400)
        let rest = Int(seconds) % 86400
        return padded(year, 4) + padded(month, 2) + padded(day, 2) + padded(rest / 3600, 2)
            + padded(rest / 60 % 60, 2) + padded(rest % 60, 2)
    }

    /// The seconds of fourteen digits that are a date and time, or of up to ten digits as they are.
    static func seconds(_ text: [UInt8]) -> UInt32? {
        guard !text.isEmpty, text.allSatisfy(Escape.isDigit) else { return nil }
        guard text.count == 14 else { return text.count <= 10 ? UInt32(String(decoding: text, as: UTF8.self)) : nil }
        func number(_ range: Range<Int>) -> Int {
            text[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard year >= 1970, (1...12).contains(month), day >= 1, hour < 24, minute < 60, second < 60 else { return nil }
        let days = days(year, month, day)
        guard civil(days: days) == (year, month, day) else { return nil }
        return UInt32(exactly: days * 86400 + hour * 3600 + minute * 60 + second)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The date that many days after the first of 1970, in the Gregorian calendar with years that begin in March.
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let yearOfEra = shiftedYear % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shiftedYear / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
