import Foundation
import LapwingCore
import Testing

@Suite("Moments")
struct TimestampTests {
    static let texts: [(String, String?)] = [
        ("2026-12-01T20:00:00Z", "2026-12-01T20:00:00Z"),
        ("2026-12-01t20:00:00.999+02:00", "2026-12-01T18:00:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("0", "1970-01-01T00:00:00Z"),
        ("-1", "1969-12-31T23:59:59Z"),
        ("1600-01-01T00:00:00Z", "1600-01-01T00:00:00Z"),
        ("2023-02-29", nil), ("2026-13-01", nil), ("2026-12-01T24:00:00Z", nil), ("2026-12-01T20:00", nil), ("", nil),
        ("tomorrow", nil),
        // The years that can be written, and not a second more.
        ("0001-01-01", "0001-01-01T00:00:00Z"), ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ("-62135596800", "0001-01-01T00:00:00Z"), ("253402300799", "9999-12-31T23:59:59Z"),
        ("0000-12-31", nil), ("0001-01-01T00:00:00+00:01", nil), ("9999-12-31T23:59:59-00:01", nil),
        ("-62135596801", nil), ("253402300800", nil), ("9223372036854775807", nil), ("-9223372036854775808", nil),
        ("9223372036854775808", nil), ("1e300", nil), ("nan", nil), ("inf", nil), ("-0", "1970-01-01T00:00:00Z"),
    ]

    @Test("RFC 3339 in, UTC out", arguments: texts)
    func text(_ text: String, _ expected: String?) {
        #expect(Timestamp(text)?.description == expected)
    }

    @Test("arithmetic saturates")
    func saturation() {
        let all: [Int64] = [.min, .min + 1, -1_000_000_000_000_000, -1, 0, 1, 1_000_000_000_000_000, .max - 1, .max]
        for one in all {
            let moment = Timestamp(milliseconds: one)
            #expect(
                Timestamp.range.contains(moment.seconds) && Timestamp.range.contains(Timestamp(seconds: one).seconds))
            #expect(moment.description.count == 20, "a year has four digits")
            for other in all {
                let later = moment.adding(seconds: other)
                #expect(Timestamp.range.contains(later.seconds))
                #expect((later < moment) == (other < 0 && moment > .earliest))
                _ = moment.seconds(since: Timestamp(seconds: other))
            }
        }
        #expect(Timestamp(milliseconds: .max).adding(seconds: 1) == .latest)
        #expect(Timestamp(milliseconds: .min).adding(seconds: -1) == .earliest)
        #expect(Timestamp(seconds: 10).seconds(since: Timestamp(seconds: 4)) == 6)
    }

    @Test("a stored moment outside the years is a fault", arguments: ["-9223372036854775000", "9223372036854775807"])
    func stored(_ number: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Timestamp].self, from: Data("[\(number)]".utf8))
        }
    }
}
