/// Reads one date in any of the forms registries use; refuses what it would have to guess.
package struct DateReader: Sendable {
    /// What two plain numbers mean; nil to refuse dates such as `03/04/2027`.
    package var order: DateOrder?
    /// Whether `16/09/14` may be read; years below 70 are of this century.
    package var allowsShortYears = false

    package init(order: DateOrder? = nil, allowsShortYears: Bool = false) {
        self.order = order
        self.allowsShortYears = allowsShortYears
    }

    /// The date at the start of the text; nil when there is none or it is ambiguous.
    package func read(_ text: String) -> RegistrationMoment? {
        var cursor = DateCursor(tokens: DateToken.scan(text))
        cursor.skipFillers()
        guard let first = cursor.next() else { return nil }
        switch first.kind {
        case .number(let value, digits: 14):
            return compact(day: value / 1_000_000, clock: value % 1_000_000)
        case .number(let value, digits: 8):
            guard let day = CivilDay(year: value / 10_000, month: value / 100 % 100, day: value % 100) else {
                return nil
            }
            return cursor.clock(on: day)
        case .number(let value, let digits):
            return startingWithNumber(value, digits: digits, &cursor)
        case .word(let word):
            guard let month = DateWords.months[word] else { return nil }
            return startingWithMonth(month, &cursor)
        case .mark:
            return nil
        }
    }

    private func compact(day: Int, clock: Int) -> RegistrationMoment? {
        guard let date = CivilDay(year: day / 10_000, month: day / 100 % 100, day: day % 100) else { return nil }
        return RegistrationMoment(
            day: date, hour: clock / 10_000, minute: clock / 100 % 100, second: clock % 100, offset: nil)
    }

    /// `2027-04-03`, `03/04/2027`, `14-Feb-2027`, `28th April 2014`, `2001-Aug-23`.
    private func startingWithNumber(_ first: Int, digits: Int, _ cursor: inout DateCursor) -> RegistrationMoment? {
        let mark = cursor.skipDateMarks()
        guard let middle = cursor.next() else { return nil }
        switch middle.kind {
        case .word(let word):
            guard let month = DateWords.months[word] else { return nil }
            cursor.skipDateMarks()
            guard case .number(let last, let lastDigits)? = cursor.next()?.kind else { return nil }
            if digits == 4 { return civil(first, month, last, &cursor) }
            guard digits <= 2 else { return nil }
            if lastDigits == 4 { return civil(last, month, first, &cursor) }
            return lastDigits == 2 ? civil(century(last), month, first, &cursor) : nil
        case .number(let second, let secondDigits):
            guard mark != nil, secondDigits <= 2, cursor.skipDateMarks() == mark,
                case .number(let third, let thirdDigits)? = cursor.next()?.kind
            else { return nil }
            if digits == 4 { return thirdDigits <= 2 ? civil(first, second, third, &cursor) : nil }
            guard digits <= 2, let order = resolved(first, second, mark) else { return nil }
            let (day, month) = order == .dayFirst ? (first, second) : (second, first)
            if thirdDigits == 4 { return civil(third, month, day, &cursor) }
            return thirdDigits == 2 && allowsShortYears ? civil(century(third), month, day, &cursor) : nil
        case .mark:
            return nil
        }
    }

    /// `Mar 25 01:57:22 PDT 2009`, `January 18 2027`, `Feb 10 09:42:42 2004`.
    private func startingWithMonth(_ month: Int, _ cursor: inout DateCursor) -> RegistrationMoment? {
        cursor.skipDateMarks()
        guard case .number(let day, let digits)? = cursor.next()?.kind, digits <= 2 else { return nil }
        cursor.skipDateMarks()
        if case .number(let year, digits: 4)? = cursor.peek()?.kind {
            cursor.advance()
            return civil(year, month, day, &cursor)
        }
        guard let time = cursor.time() else { return nil }
        let offset = cursor.zone()
        if offset == nil, case .word? = cursor.peek()?.kind { cursor.advance() }
        guard case .number(let year, digits: 4)? = cursor.next()?.kind,
            let date = CivilDay(year: year, month: month, day: day)
        else { return nil }
        return RegistrationMoment(
            day: date, hour: time.hour, minute: time.minute, second: time.second, offset: offset ?? cursor.zone())
    }

    private func civil(_ year: Int, _ month: Int, _ day: Int, _ cursor: inout DateCursor) -> RegistrationMoment? {
        guard let date = CivilDay(year: year, month: month, day: day) else { return nil }
        return cursor.clock(on: date)
    }

    /// Points and hyphens are written day first everywhere; a slash is used both ways.
    private func resolved(_ first: Int, _ second: Int, _ mark: UInt8?) -> DateOrder? {
        if first > 12 { return .dayFirst }
        if second > 12 { return .monthFirst }
        if let order { return order }
        if first == second { return .dayFirst }
        return mark == UInt8(ascii: "/") ? nil : .dayFirst
    }

    private func century(_ year: Int) -> Int {
        year < 70 ? 2000 + year : 1900 + year
    }
}
