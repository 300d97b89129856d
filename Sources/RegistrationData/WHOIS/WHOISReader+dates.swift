extension WHOISReader {
    /// The first date of a field counts: later ones are those of contacts and hosts.
    mutating func applyDate(
        _ kind: WHOISField.Kind, value: String, hint: String?, confidence: Fact<RegistrationMoment>.Confidence
    ) {
        guard findings.dates[kind] == nil, findings.ambiguous[kind] == nil else { return }
        if Self.isNothing(value) {
            if kind == .expires { findings.saidNoEnd = true }
            return
        }
        let order = hint.flatMap(DateOrder.init(hint:)) ?? dialect.order
        let text = Self.dateText(in: value)
        let reader = DateReader(order: order, allowsShortYears: dialect.hasShortYears)
        if let moment = reader.read(text) {
            findings.dates[kind] = Fact(moment, source: findings.source, confidence: confidence)
            if order == nil { noteOrder(of: text, as: moment) }
        } else if order == nil, DateReader(order: .dayFirst, allowsShortYears: dialect.hasShortYears).read(text) != nil
        {
            findings.ambiguous[kind] = text
        } else if kind == .expires, confidence == .stated {
            findings.unreadableEnd = true
        }
    }

    /// A date with a day above 12 proves the order of all dates of the answer.
    private mutating func noteOrder(of text: String, as moment: RegistrationMoment) {
        guard findings.provenOrder == nil, text.utf8.prefix(3).contains(UInt8(ascii: "/")), moment.day.day > 12 else {
            return
        }
        for order in [DateOrder.dayFirst, .monthFirst] {
            let digits = text.utf8.prefix { $0.isDigit }.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            if order == .dayFirst ? digits == moment.day.day : digits == moment.day.month {
                findings.provenOrder = order
            }
        }
    }

    /// In the manner of RIPE a name may stand before the date: `hostmaster@example.net 20270331`.
    private static func dateText(in value: String) -> String {
        let words = value.split(separator: " ")
        guard words.count >= 2, let first = words.first, first.contains("@") || first.contains("-") else {
            return value
        }
        if DateReader(order: .dayFirst).read(value) != nil { return value }
        for word in words where word.utf8.allSatisfy(\.isDigit) && (word.utf8.count == 8 || word.utf8.count == 14) {
            return String(word)
        }
        return value
    }
}
