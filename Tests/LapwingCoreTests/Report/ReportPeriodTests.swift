import LapwingCore
import Testing

@Suite("Periods of reports")
struct ReportPeriodTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var code: String
        var first: String
        var last: String
        var title: String
        var testDescription: String { code }
    }

    static let cases = [
        Case(code: "2026-10", first: "2026-10-01", last: "2026-10-31", title: "October 2026"),
        Case(code: "2026-12", first: "2026-12-01", last: "2026-12-31", title: "December 2026"),
        Case(code: "2028-02", first: "2028-02-01", last: "2028-02-29", title: "February 2028"),
        Case(code: "2100-02", first: "2100-02-01", last: "2100-02-28", title: "February 2100"),
        // The examples of ISO 8601 and its commentaries: weeks that begin in another year than their own.
        Case(code: "2026-W44", first: "2026-10-26", last: "2026-11-01", title: "week 44 of 2026"),
        Case(code: "2009-W01", first: "2008-12-29", last: "2009-01-04", title: "week 1 of 2009"),
        Case(code: "2009-W53", first: "2009-12-28", last: "2010-01-03", title: "week 53 of 2009"),
        Case(code: "2026-W53", first: "2026-12-28", last: "2027-01-03", title: "week 53 of 2026"),
        Case(code: "1969-W01", first: "1968-12-30", last: "1969-01-05", title: "week 1 of 1969"),
        Case(
            code: "2026-10-03_2026-10-09", first: "2026-10-03", last: "2026-10-09",
            title: "3 Oct 2026 to 9 Oct 2026"),
    ]

    @Test("are read by their codes, and called so", arguments: cases)
    func codes(_ one: Case) throws {
        let period = try #require(ReportPeriod(code: one.code))
        #expect(period.first.text == one.first && period.last.text == one.last)
        #expect(period.title == one.title && period.code == one.code)
        #expect(period.start.description == "\(one.first)T00:00:00Z")
        #expect(period.days.count == period.last.number - period.first.number + 1)
        // Whoever asks on any of its days, or for the last whole one just after it, gets the same.
        guard !one.code.contains("_") else { return }
        let of = one.code.contains("W") ? ReportPeriod.week(of:) : ReportPeriod.month(of:)
        #expect(of(period.start) == period && of(period.end.adding(seconds: -1)) == period)
        #expect(of(period.end) != period)
        let before = one.code.contains("W") ? ReportPeriod.lastWeek(before:) : ReportPeriod.lastMonth(before:)
        #expect(before(period.end) == period && before(period.end.adding(seconds: 86_400)) == period)
    }

    @Test(
        "are nothing else",
        arguments: [
            "", "2026", "2026-1", "2026-13", "2026-00", "0000-10", "2026-W00", "2025-W53", "2026-W54", "2026-w44",
            "2026-10-03", "2026-10-09_2026-10-03", "2026-02-30_2026-03-01", "0001-01-01_9999-12-31", "2026-10_",
            "2026-10-1", "+026-10", "2026-10 ", "2026-10-03_2026-10-03_2026-10-03", "٢٠٢٦-10", "1_2",
        ])
    func others(text: String) { #expect(ReportPeriod(code: text) == nil) }

    @Test("of days before 1970 and of any moment of a day")
    func days() throws {
        #expect(DayNumber(of: Timestamp(seconds: -1)).number == -1)
        #expect(DayNumber(of: Timestamp(seconds: -86_400)).number == -1)
        #expect(DayNumber(of: Timestamp(seconds: -86_401)).number == -2)
        #expect(DayNumber(of: Timestamp(seconds: 86_399)).number == 0)
        #expect(DayNumber(-1).text == "1969-12-31")
    }
}
