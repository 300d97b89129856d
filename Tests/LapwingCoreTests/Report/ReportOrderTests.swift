import DNSWire
import LapwingCore
import Testing

@Suite("Reports that are sent by themselves")
struct ReportOrderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var every: ReportOrder.Rhythm
        var now: String
        var period: String
        var next: String
    }

    static let cases = [
        Case(
            testDescription: "a minute before the hour of the first day", every: .month, now: "2026-11-01T07:59:59Z",
            period: "2026-09", next: "2026-11-01T08:00:00Z"),
        Case(
            testDescription: "the hour of the first day", every: .month, now: "2026-11-01T08:00:00Z",
            period: "2026-10", next: "2026-12-01T08:00:00Z"),
        Case(
            testDescription: "the last of a year", every: .month, now: "2026-12-31T23:59:59Z", period: "2026-11",
            next: "2027-01-01T08:00:00Z"),
        Case(
            testDescription: "a Sunday", every: .week, now: "2026-11-01T23:59:59Z", period: "2026-W43",
            next: "2026-11-02T08:00:00Z"),
        Case(
            testDescription: "the hour of a Monday", every: .week, now: "2026-11-02T08:00:00Z", period: "2026-W44",
            next: "2026-11-09T08:00:00Z"),
    ]

    private static func order(_ every: ReportOrder.Rhythm, minute: Int = 480, clock: LocalClock = .utc) -> ReportOrder {
        ReportOrder(client: "acme", every: every, channel: "desk", hour: DailyHour(minute: minute, clock: clock))
    }

    @Test("are due at their hour on the first day after their period", arguments: cases)
    func due(_ one: Case) throws {
        let now = try #require(Timestamp(one.now))
        #expect(Self.order(one.every).due(at: now).code == one.period)
        #expect(Self.order(one.every).next(after: now).description == one.next)
    }

    @Test("go by the clocks of their place, and never before the period is over")
    func clocks() throws {
        let november = try #require(ReportPeriod(month: "2026-11"))
        let east = LocalClock(zone: "East", settings: [.init(from: 0, offset: 9 * 3600)])
        let west = LocalClock(zone: "West", settings: [.init(from: 0, offset: -8 * 3600)])
        #expect(Self.order(.month, clock: west).moment(of: november).description == "2026-12-01T16:00:00Z")
        // Eight in the morning of the first is still November by UTC.
        #expect(Self.order(.month, clock: east).moment(of: november).description == "2026-12-01T00:00:00Z")
        #expect(Self.order(.month, minute: 600, clock: east).moment(of: november).description == "2026-12-01T01:00:00Z")
    }

    @Test("are messages with the figures, and lead to the whole report")
    func message() throws {
        let period = try #require(ReportPeriod(month: "2026-10"))
        let own = try Name("acme.example")
        let client = try #require(Client("acme", tags: ["a"]))
        var tally = DayTally()
        tally.add([.resolved, .served])
        var material = ReportMaterial(period: period, now: period.end, domains: [ReportMaterial.Domain(own)])
        material.days[own] = [period.first: tally]
        let report = Report(material, for: .client(client, NameScreen(own: [own], of: [own])))
        let notice = report.notice(for: Self.order(.month), path: "/client/acme/x/report.html", at: period.end)
        #expect(notice.title == "Domain report, October 2026: acme" && notice.purpose == .report)
        #expect(notice.id == "report-acme-2026-10@desk" && notice.path == "/client/acme/x/report.html")
        #expect(notice.text.contains("1 domain: resolved in 100 % of all checks") && !notice.page)
        let text = NoticeText(notice, base: "https://monitor.example")
        #expect(text.headline == notice.title && text.details.contains("Recorded on 1 of 31 days, over all domains."))
        #expect(text.links.map(\.url) == ["https://monitor.example/client/acme/x/report.html"])
    }
}
