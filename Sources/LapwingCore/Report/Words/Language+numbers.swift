/// How a language writes numbers, and which form of a word it wants beside one, by Unicode CLDR 46.
extension Language {
    /// Which form of a word stands beside a number.
    package enum PluralCategory: String, Sendable, Hashable, CaseIterable {
        case one, few, many, other
    }

    /// Of a whole number (CLDR `plurals.xml`; a number without digits after the point has `v = 0`, `e = 0`).
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

    /// What stands between the whole and the rest of a number.
    package var decimalSign: String { self == .english ? "." : "," }

    /// What stands between thousands, and how many digits have to stand before the first of them.
    private var grouping: (sign: String, least: Int) {
        switch self {
        case .english: (",", 1)
        case .german, .portuguese: (".", 1)
        case .spanish: (".", 2)
        case .french: ("\u{202f}", 1)
        case .russian: ("\u{a0}", 1)
        }
    }

    /// `12,345`, `12.345`, `12 345`.
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

    /// `99.97 %`, `99,97 %`, `99,97%`; what is not whole never reads as whole.
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

    /// A number with one digit after the sign.
    package func tenths(_ value: Double) -> String {
        let text = Share.tenths(value)
        return decimalSign == "." ? text : text.replacing(".", with: decimalSign)
    }
}
