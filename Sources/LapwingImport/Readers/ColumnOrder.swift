import LapwingCore

/// The order of dates in a column. One date may be ambiguous; the others may resolve it.
enum ColumnOrder: Equatable {
    case certain(DateOrder)
    case open
    /// Some dates begin with the day, some with the month.
    case mixed

    /// The interpretation of a text as the end of a registration.
    enum Reading: Equatable {
        case moment(Timestamp)
        /// The registrar states that there is none.
        case none
        case unclear(String)
    }

    /// Infers the order from all dates of a column.
    init(_ column: [String]) {
        var found: Set<DateOrder> = []
        for text in column {
            guard let (first, second, _) = Self.numbers(text) else { continue }
            if first > 12, second <= 12 { found.insert(.dayFirst) }
            if second > 12, first <= 12 { found.insert(.monthFirst) }
        }
        self = found.count > 1 ? .mixed : found.first.map { .certain($0) } ?? .open
    }

    func date(_ text: String) -> Reading {
        if ["-", "n/a", "none", "never", "unknown", "null", "--", "–"].contains(text.lowercased()) { return .none }
        if text.contains("-") || text.contains("T"), text.count >= 10, let moment = Timestamp(text) {
            return .moment(moment)
        }
        let day = Self.withoutTime(text)
        if let moment = Self.yearFirst(day) ?? Self.named(day) { return .moment(moment) }
        guard let (first, second, year) = Self.numbers(day) else {
            return .unclear("is in no form that is known; 2027-03-02 is")
        }
        if first == second { return Self.reading(year, first, second) }
        // Dates with dots always begin with the day.
        if day.contains(".") { return Self.reading(year, second, first) }
        switch self {
        case .certain(.dayFirst): return Self.reading(year, second, first)
        case .certain(.monthFirst): return Self.reading(year, first, second)
        case .open:
            return .unclear("is ambiguous, and no other date of the column settles it (see --dates)")
        case .mixed:
            return .unclear("cannot be read: some dates of the column have the day first, some the month")
        }
    }

    private static func reading(_ year: Int, _ month: Int, _ day: Int) -> Reading {
        moment(year, month, day).map { .moment($0) } ?? .unclear("is no day of the calendar")
    }

    private static func moment(_ year: Int, _ month: Int, _ day: Int) -> Timestamp? {
        func padded(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        return Timestamp("\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))")
    }

    /// Returns the date of a text with a time of day, which is ambiguous without a time zone.
    private static func withoutTime(_ text: String) -> String {
        guard let colon = text.firstIndex(of: ":") else { return text }
        let before = text[..<colon]
        guard let blank = before.lastIndex(where: { $0 == " " || $0 == "T" || $0 == "," }) else { return text }
        let date = before[..<blank]
        return date.last == "," ? String(date.dropLast()) : String(date)
    }

    /// `2027-03-02`, `2027/3/2`, `2027.03.02`, `20270302`.
    private static func yearFirst(_ text: String) -> Timestamp? {
        if text.count == 8, text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(text), number > 19_000_000
        {
            return moment(number / 10_000, number / 100 % 100, number % 100)
        }
        guard let match = text.wholeMatch(of: /([0-9]{4})[-\/.]([0-9]{1,2})[-\/.]([0-9]{1,2})\.?/),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
        else { return nil }
        return moment(year, month, day)
    }

    /// `2 March 2027`, `Mar 2, 2027`, `02-Mar-2027`, `2027-Mar-02`.
    private static func named(_ text: String) -> Timestamp? {
        let words = text.lowercased().split { " ,-/.".contains($0) }.map(String.init)
        guard (3...4).contains(words.count), let place = words.firstIndex(where: { month($0) != nil }),
            let month = month(words[place])
        else { return nil }
        let numbers = words.compactMap { word -> Int? in
            let digits = word.prefix { $0.isASCII && $0.isNumber }
            let isPlain = digits.count == word.count || ["st", "nd", "rd", "th"].contains(word.dropFirst(digits.count))
            return isPlain ? Int(digits) : nil
        }
        guard numbers.count == 2, let year = numbers.first(where: { $0 > 999 }),
            let day = numbers.first(where: { $0 < 32 })
        else { return nil }
        return moment(year, month, day)
    }

    private static func month(_ word: String) -> Int? {
        guard word.count >= 3, word.first?.isLetter == true else { return nil }
        return months.firstIndex { names in names.split(separator: " ").contains { $0 == word } }.map { $0 + 1 }
    }

    private static let months = [
        "jan january januar jänner janvier janv enero ene gennaio gen januari",
        "feb february februar février févr "
            + "febrero febbraio februari", "mar march märz mrz mars marzo maart",
        "apr april avril avr abril abr aprile",
        "may mai mayo maggio mei", "jun june juni juin junio giugno", "jul july juli juillet juil julio luglio",
        "aug august août agosto ago augustus", "sep sept september septembre septiembre settembre",
        "oct october oktober okt octobre octubre ottobre", "nov november novembre noviembre",
        "dec december dezember dez décembre déc diciembre dic dicembre",
    ]

    /// Parses `03/04/2027`, `3-4-2027`, `03.04.2027`: two numbers and a year of four digits.
    private static func numbers(_ text: String) -> (Int, Int, Int)? {
        guard let match = withoutTime(text).wholeMatch(of: /([0-9]{1,2})[-\/. ]([0-9]{1,2})[-\/. ]([0-9]{4})/),
            let first = Int(match.1), let second = Int(match.2), let year = Int(match.3)
        else { return nil }
        return (first, second, year)
    }
}
