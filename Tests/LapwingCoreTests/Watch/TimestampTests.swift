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
    ]

    @Test("RFC 3339 in, UTC out", arguments: texts)
    func text(_ text: String, _ expected: String?) {
        #expect(Timestamp(text)?.description == expected)
    }

    @Test("arithmetic saturates")
    func saturation() {
        #expect(Timestamp(milliseconds: .max).adding(seconds: 1) == Timestamp(milliseconds: .max))
        #expect(Timestamp(seconds: 10).seconds(since: Timestamp(seconds: 4)) == 6)
    }
}
