import DNSWire

extension Timestamp: CustomStringConvertible {
    /// The moment in RFC 3339 format, in UTC with whole seconds, as in `2026-12-01T20:00:00Z`.
    package var description: String {
        let day = CivilDate.quotient(seconds, 86_400)
        let rest = seconds - day * 86_400
        let (year, month, dayOfMonth) = CivilDate.date(ofDay: day)
        func two(_ number: Int64) -> String { CivilDate.padded(number, 2) }
        return "\(CivilDate.padded(year, 4))-\(two(month))-\(two(dayOfMonth))"
            + "T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }

    /// The moment for sentences, as in `2026-12-01 20:00 UTC`.
    package var sentence: String {
        let text = description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    /// Returns the time of day, as in `14:05:10 UTC`, preceded by the date if it differs from that of `now`.
    package func clock(beside now: Timestamp) -> String {
        let (text, other) = (description, now.description)
        let time = "\(text.dropFirst(11).prefix(8)) UTC"
        return text.prefix(10) == other.prefix(10) ? time : "\(text.prefix(10)) \(time)"
    }

    /// Parses RFC 3339 (`2026-12-01T20:00:00Z`, with an optional offset or fraction; a date alone is its midnight) or
    /// seconds since the epoch; nil for anything else, and for a moment outside the years 1 to 9999.
    package init?(_ text: String) {
        if let seconds = Int64(text) {
            guard Self.range.contains(seconds) else { return nil }
            self.init(seconds: seconds)
            return
        }
        var reader = DigitReader(bytes: Array(text.utf8))
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        let midnight = CivilDate.day(year: year, month: month, day: day) * 86_400
        if reader.isAtEnd {
            guard Self.range.contains(midnight) else { return nil }
            self.init(seconds: midnight)
            return
        }
        guard reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), reader.take(":"), let second = reader.number(2), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        let milliseconds = reader.fraction()
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        let seconds = midnight + hour * 3600 + minute * 60 + min(second, 59) - offset
        guard Self.range.contains(seconds) else { return nil }
        self.init(milliseconds: seconds * 1000 + milliseconds)
    }

    /// Returns the end of the time that ``init(_:)`` parses: a date alone is the whole day, so its end is the midnight
    /// after it. Nil if the text is not such a time.
    package static func end(of text: String) -> Timestamp? {
        let isDay = text.count == 10 && text.contains("-")
        return Timestamp(text).map { isDay ? $0.adding(seconds: 86_400) : $0 }
    }

    /// Returns the number of days of a month in the Gregorian calendar.
    static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Reads fixed-width numbers and marks from the front of a text.
private struct DigitReader {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ mark: Character) -> Bool {
        guard position < bytes.count, mark.asciiValue == bytes[position] else { return false }
        position += 1
        return true
    }

    mutating func number(_ width: Int) -> Int64? {
        guard position + width <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + width] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        position += width
        return value
    }

    /// Reads the milliseconds of a fraction such as `.25`; digits after the third are read and dropped.
    mutating func fraction() -> Int64 {
        guard take(".") else { return 0 }
        var value: Int64 = 0
        var weight: Int64 = 100
        while let digit = number(1) {
            value += digit * weight
            weight /= 10
        }
        return value
    }

    /// Reads the offset in seconds east of UTC.
    mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64 = take("-") ? -1 : 1
        if sign == 1, !take("+") { return nil }
        guard let hours = number(2), take(":"), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
