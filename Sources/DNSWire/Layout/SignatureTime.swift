/// The times of signatures: seconds since 1970, written as `YYYYMMDDHHmmSS` (RFC 4034 section 3.2).
enum SignatureTime {
    static func text(_ seconds: UInt32) -> String { CivilDate.compactText(Int64(seconds)) }

    /// The seconds of fourteen digits that are a date and time, or of up to ten digits as they are.
    static func seconds(_ text: [UInt8]) -> UInt32? {
        guard !text.isEmpty, text.allSatisfy(Escape.isDigit) else { return nil }
        guard text.count == 14 else { return text.count <= 10 ? UInt32(String(decoding: text, as: UTF8.self)) : nil }
        func number(_ range: Range<Int>) -> Int64 {
            text[range].reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard year >= 1970, (1...12).contains(month), day >= 1, hour < 24, minute < 60, second < 60 else { return nil }
        let midnight = CivilDate.day(year: year, month: month, day: day)
        guard CivilDate.date(ofDay: midnight) == (year, month, day) else { return nil }
        return UInt32(exactly: midnight * 86_400 + hour * 3600 + minute * 60 + second)
    }
}
