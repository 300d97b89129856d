import LapwingCore
import Testing

/// Berlin's clocks in 2026, as the tz database has them: ahead on 29 March, back on 25 October, both at 01:00 UTC.
enum Berlin {
    static let clock = LocalClock(
        zone: "Europe/Berlin",
        settings: [
            LocalClock.Setting(from: 1_761_440_400, offset: 3600),
            LocalClock.Setting(from: 1_774_746_000, offset: 7200),
            LocalClock.Setting(from: 1_792_890_000, offset: 3600),
        ])

    static func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }
}

@Suite("Local clocks") struct LocalClockTests {
    @Test(
        "what clocks show, and when they show it",
        arguments: [
            ("2026-01-15T07:00:00Z", "2026-01-15 08:00", "2026-01-15T07:00:00Z"),
            ("2026-03-29T00:59:00Z", "2026-03-29 01:59", "2026-03-29T00:59:00Z"),
            ("2026-03-29T01:00:00Z", "2026-03-29 03:00", "2026-03-29T01:00:00Z"),
            ("2026-07-01T06:00:00Z", "2026-07-01 08:00", "2026-07-01T06:00:00Z"),
            ("2026-10-25T00:30:00Z", "2026-10-25 02:30", "2026-10-25T00:30:00Z"),
            // The hour that comes twice is meant the first time.
            ("2026-10-25T01:30:00Z", "2026-10-25 02:30", "2026-10-25T00:30:00Z"),
            ("2026-10-25T02:00:00Z", "2026-10-25 03:00", "2026-10-25T02:00:00Z"),
        ])
    func shown(_ utc: String, _ local: String, _ back: String) throws {
        let moment = try Berlin.moment(utc)
        #expect(Berlin.clock.sentence(moment) == "\(local) Europe/Berlin")
        let seconds = Berlin.clock.shown(at: moment)
        #expect(Berlin.clock.moment(showing: seconds).description == back)
    }

    @Test("an hour that is left out counts as if clocks had not been set")
    func gap() throws {
        let shown = try Berlin.moment("2026-03-29T02:30:00Z").seconds
        #expect(Berlin.clock.moment(showing: shown).description == "2026-03-29T01:30:00Z")
    }

    @Test(
        "a time of every day",
        arguments: [
            ("2026-03-27T12:00:00Z", ["2026-03-28T07:00:00Z", "2026-03-29T06:00:00Z", "2026-03-30T06:00:00Z"]),
            ("2026-10-24T05:59:59Z", ["2026-10-24T06:00:00Z", "2026-10-25T07:00:00Z", "2026-10-26T07:00:00Z"]),
        ])
    func daily(_ start: String, _ times: [String]) throws {
        let hour = DailyHour(minute: 480, clock: Berlin.clock)
        var moment = try Berlin.moment(start)
        for time in times {
            moment = hour.next(after: moment)
            #expect(moment.description == time)
        }
    }

    struct Hours: Sendable {
        var hours: WeeklyHours
        var at: String
        var end: String?
    }

    private static let night = WeeklyHours(from: 22 * 60, to: 7 * 60, clock: Berlin.clock)
    private static let work = WeeklyHours(days: Set(0...4), from: 8 * 60, to: 18 * 60, clock: Berlin.clock)

    static let hours = [
        Hours(hours: night, at: "2026-03-28T20:59:59Z"),
        Hours(hours: night, at: "2026-03-28T21:00:00Z", end: "2026-03-29T05:00:00Z"),
        Hours(hours: night, at: "2026-03-29T04:59:59Z", end: "2026-03-29T05:00:00Z"),
        Hours(hours: night, at: "2026-03-29T05:00:00Z"),
        Hours(hours: night, at: "2026-10-25T05:30:00Z", end: "2026-10-25T06:00:00Z"),
        // Saturday and Monday.
        Hours(hours: work, at: "2026-03-28T09:00:00Z"),
        Hours(hours: work, at: "2026-03-30T06:00:00Z", end: "2026-03-30T16:00:00Z"),
        Hours(hours: work, at: "2026-03-30T05:59:00Z"),
        // From midnight to midnight on Saturday and Sunday is one time.
        Hours(
            hours: WeeklyHours(days: [5, 6], from: 0, to: 1440, clock: Berlin.clock), at: "2026-03-28T09:00:00Z",
            end: "2026-03-29T22:00:00Z"),
    ]

    @Test("hours of the week", arguments: hours)
    func weekly(_ sample: Hours) throws {
        let moment = try Berlin.moment(sample.at)
        #expect(sample.hours.holds(at: moment) == (sample.end != nil))
        #expect(sample.hours.end(after: moment).description == sample.end ?? sample.at)
    }
}
