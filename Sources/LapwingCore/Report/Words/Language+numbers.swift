/// Number formats and plural categories of languages, by Unicode CLDR 46.
extension Language {
    /// The category of a number that determines the form of a word beside it.
    package enum PluralCategory: String, Sendable, Hashable, CaseIterable {
        case one, few, many, other
    }

    /// Returns the category of a whole number (CLDR `plurals.xml`; without decimal digits, `v = 0` and `e = 0`).
    package func category(of number: Int) -> PluralCategory {
        let i = number.magnitude
        switch self {
        case .english, .german: return i == 1 ? .one : .other
        case .french, .portuguese: return i <= 1 ? .one : i % 1_000_000 == 0 ? .many : .other
        case .spanish: return i == 1 ? .one : i != 0 && i % 1_000_000 == 0 ? .many : .other
        case .russian:
            let (last, two) = (i % 10, i % 100)
            if last == 1, two != 11 { return .one }
            return (2...4).contains(last) && !(12...14).contains(two) ? .few : .many
        }
    }

    /// The decimal separator.
    package var decimalSign: String { self == .english ? "." : "," }

    /// The grouping separator, and the minimum number of digits before the first one.
    private var grouping: (sign: String, least: Int) {
        switch self {
        case .english: (",", 1)
        case .german, .portuguese: (".", 1)
        case .spanish: (".", 2)
        case .french: ("\u{202f}", 1)
        case .russian: ("\u{a0}", 1)
        }
    }

    /// Returns a whole number such as `12,345`, `12.345` or `12 345`.
    package func number(_ number: Int) -> String {
        var digits = String(number.magnitude)
        let (sign, least) = grouping
        if digits.count >= 3 + least {
            var place = digits.count - 3
            while place > 0 {
                digits.insert(contentsOf: sign, at: digits.index(digits.startIndex, offsetBy: place))
                place -= 3
            }
        }
        return (number < 0 ? "\u{2212}" : "") + digits
    }

    /// Returns a percentage such as `99.97 %`, `99,97 %` or `99,97%`; less than the whole is never shown as the whole.
    package func percent(basisPoints points: Int) -> String {
        let rest = points % 100
        let digits = points == 10_000 ? "100" : "\(points / 100)\(decimalSign)\(rest < 10 ? "0" : "")\(rest)"
        switch self {
        case .english: return digits + " %"
        case .portuguese: return digits + "%"
        case .french: return digits + "\u{202f}%"
        case .german, .spanish, .russian: return digits + "\u{a0}%"
        }
    }

    /// Returns a number with one decimal digit.
    package func tenths(_ value: Double) -> String {
        let text = Share.tenths(value)
        return decimalSign == "." ? text : text.replacing(".", with: decimalSign)
    }
}
