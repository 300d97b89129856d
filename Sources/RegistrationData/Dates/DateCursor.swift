/// A piece of a date.
struct DateToken {
    var kind: Kind

    enum Kind: Hashable {
        case number(Int, digits: Int)
        /// Lower case.
        case word(String)
        case mark(UInt8)
    }

    /// The pieces of a text, of which only the first 80 bytes count: no date is longer.
    static func scan(_ text: String) -> [DateToken] {
        var tokens: [DateToken] = []
        var bytes = Array(text.utf8.prefix(80))[...]
        while let byte = bytes.first {
            if byte.isDigit {
                let run = bytes.prefix { $0.isDigit }
                // Longer runs (serial numbers) stay one token that no rule accepts.
                let value = run.count <= 14 ? run.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : 0
                tokens.append(DateToken(kind: .number(value, digits: run.count)))
                bytes = bytes.dropFirst(run.count)
            } else if byte.isLetter {
                let run = bytes.prefix { $0.isLetter }
                tokens.append(DateToken(kind: .word(String(decoding: run, as: UTF8.self).lowercased())))
                bytes = bytes.dropFirst(run.count)
            } else {
                if !byte.isBlank { tokens.append(DateToken(kind: .mark(byte))) }
                bytes = bytes.dropFirst()
            }
        }
        return tokens
    }
}

/// A position in the pieces of a date.
struct DateCursor {
    private var tokens: ArraySlice<DateToken>

    init(tokens: [DateToken]) {
        self.tokens = tokens[...]
    }

    func peek() -> DateToken? { tokens.first }
    mutating func advance() { tokens = tokens.dropFirst() }

    mutating func next() -> DateToken? {
        defer { advance() }
        return tokens.first
    }

    mutating func skipFillers() {
        while let kind = tokens.first?.kind {
            switch kind {
            case .word(let word) where DateWords.fillers.contains(word): advance()
            case .mark(let mark)
            where [UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: ".")].contains(mark):
                advance()
            default: return
            }
        }
    }

    /// The separator of a numeric date, of which `. ` with a blank counts as a point.
    @discardableResult
    mutating func skipDateMarks() -> UInt8? {
        var found: UInt8?
        while let kind = tokens.first?.kind {
            switch kind {
            case .mark(let mark)
            where [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: ",")].contains(mark):
                found = found ?? mark
            case .word(let word) where DateWords.fillers.contains(word):
                break
            case .word(let word) where DateWords.marks.contains(word):
                found = found ?? UInt8(ascii: "-")
            default:
                return found
            }
            advance()
        }
        return found
    }

    /// `13:38`, `13:38:02`, `13:38:02.123`, `01:38 pm`.
    mutating func time() -> (hour: Int, minute: Int, second: Int)? {
        let start = tokens
        guard case .number(var hour, let digits)? = next()?.kind, digits <= 2, next()?.kind == .mark(UInt8(ascii: ":")),
            case .number(let minute, digits: 2)? = next()?.kind
        else {
            tokens = start
            return nil
        }
        var second = 0
        if peek()?.kind == .mark(UInt8(ascii: ":")) {
            advance()
            guard case .number(let value, digits: 2)? = next()?.kind else {
                tokens = start
                return nil
            }
            second = value
            if peek()?.kind == .mark(UInt8(ascii: ".")), case .number? = tokens.dropFirst().first?.kind {
                tokens = tokens.dropFirst(2)
            }
        }
        if peek()?.kind == .word("pm"), hour < 12 { hour += 12 }
        if peek()?.kind == .word("am"), hour == 12 { hour = 0 }
        return (hour, minute, second)
    }

    /// Minutes east of UTC: `Z`, `+03`, `-0700`, `+03:00`, `(UTC+8)`, `EAT`.
    mutating func zone() -> Int? {
        if peek()?.kind == .mark(UInt8(ascii: "(")) { advance() }
        var named: Int?
        if case .word(let word)? = peek()?.kind {
            guard let offset = DateWords.zones[word] else { return nil }
            named = offset
            advance()
        }
        guard case .mark(let sign)? = peek()?.kind, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            case .number(let value, let digits)? = tokens.dropFirst().first?.kind, digits <= 4, digits != 3
        else { return named }
        tokens = tokens.dropFirst(2)
        var minutes = digits == 4 ? value / 100 * 60 + value % 100 : value * 60
        if digits <= 2, peek()?.kind == .mark(UInt8(ascii: ":")),
            case .number(let rest, digits: 2)? = tokens.dropFirst().first?.kind
        {
            minutes += rest
            tokens = tokens.dropFirst(2)
        }
        return sign == UInt8(ascii: "-") ? -minutes : minutes
    }

    /// The day with the clock time that follows it, if one does; nil when prose follows.
    mutating func clock(on day: CivilDay) -> RegistrationMoment? {
        let start = tokens
        skipFillers()
        skipDateMarks()
        guard let time = time() else {
            tokens = start
            return endsHere ? RegistrationMoment(day: day) : nil
        }
        return RegistrationMoment(
            day: day, hour: time.hour, minute: time.minute, second: time.second, offset: zone())
    }

    /// Whether what follows cannot be part of a sentence: nothing, a remark in brackets, a few words at most.
    private var endsHere: Bool {
        if peek()?.kind == .mark(UInt8(ascii: "(")) { return true }
        let next = tokens.first {
            if case .mark = $0.kind { false } else { true }
        }
        guard case .word? = next?.kind else { return true }
        return tokens.count <= 6
    }
}
