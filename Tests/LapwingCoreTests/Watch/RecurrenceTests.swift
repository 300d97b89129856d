import LapwingCore
import Testing

/// Expected times are those of dateutil's `rrule` with the zone Europe/Berlin.
@Suite("Windows that are repeated") struct RecurrenceTests {
    struct Repeated: Sendable {
        var rule: String
        var first: String
        var begins: [String]
        var isOver = true
    }

    static let repeated = [
        Repeated(
            rule: "FREQ=WEEKLY;BYDAY=SU;COUNT=3", first: "2026-03-22T01:00:00Z",
            begins: ["2026-03-22T01:00:00Z", "2026-03-29T01:00:00Z", "2026-04-05T00:00:00Z"]),
        Repeated(
            rule: "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20260501", first: "2026-02-27T20:00:00Z",
            begins: ["2026-02-27T20:00:00Z", "2026-03-27T20:00:00Z", "2026-04-24T19:00:00Z"]),
        Repeated(
            rule: "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", first: "2026-01-31T20:00:00Z",
            begins: ["2026-01-31T20:00:00Z", "2026-03-31T19:00:00Z", "2026-05-31T19:00:00Z"]),
        Repeated(
            rule: "freq=daily;interval=2;count=3", first: "2026-03-27T20:00:00Z",
            begins: ["2026-03-27T20:00:00Z", "2026-03-29T19:00:00Z", "2026-03-31T19:00:00Z"]),
        Repeated(
            rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=4", first: "2026-10-19T08:00:00Z",
            begins: [
                "2026-10-19T08:00:00Z", "2026-10-22T08:00:00Z", "2026-11-02T09:00:00Z", "2026-11-05T09:00:00Z",
            ]),
        Repeated(
            rule: "FREQ=MONTHLY;BYDAY=1SU", first: "2026-10-04T04:00:00Z",
            begins: ["2026-10-04T04:00:00Z", "2026-11-01T05:00:00Z", "2026-12-06T05:00:00Z"], isOver: false),
    ]

    @Test("come when they should, and at no other time", arguments: repeated)
    func times(_ repeated: Repeated) throws {
        let from = try Berlin.moment(repeated.first)
        let to = from.adding(seconds: 2 * 3600)
        let recurrence = try Recurrence(repeated.rule, from: from, to: to, clock: Berlin.clock)
        let window = MaintenanceWindow(from: from, to: to, covers: [.a], recurrence: recurrence)
        let begins = try repeated.begins.map(Berlin.moment)
        for begin in begins {
            #expect(!window.holds(at: begin.adding(seconds: -1)), "\(begin)")
            #expect(window.holds(at: begin) && window.holds(at: begin.adding(seconds: 2 * 3600 - 1)), "\(begin)")
            #expect(!window.holds(at: begin.adding(seconds: 2 * 3600)), "\(begin)")
            let next = window.occurrence(at: begin.adding(seconds: -3600), within: 86_400)
            #expect(next?.from == begin && next?.recurrence == nil)
        }
        let last = try #require(begins.last)
        var moment = from
        var found: [Timestamp] = []
        while moment < last.adding(seconds: 100 * 86_400) {
            if window.holds(at: moment), !window.holds(at: moment.adding(seconds: -3600)) { found.append(moment) }
            moment = moment.adding(seconds: 3600)
        }
        #expect(repeated.isOver ? found == begins : Array(found.prefix(begins.count)) == begins)
    }

    @Test(
        "rules that cannot be meant",
        arguments: [
            ("", "`` is no part such as FREQ=WEEKLY"), ("BYDAY=SU", "FREQ is missing"),
            ("FREQ=YEARLY", "FREQ is none of DAILY, WEEKLY, MONTHLY"),
            ("FREQ=DAILY;FREQ=DAILY", "FREQ is given twice"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "COUNT and UNTIL exclude each other"),
            ("FREQ=WEEKLY;BYDAY=1SU", "BYDAY has numbers only with FREQ=MONTHLY"),
            ("FREQ=WEEKLY;BYDAY=XX", "BYDAY: `XX` is no day such as MO or 1SU"),
            ("FREQ=DAILY;INTERVAL=0", "INTERVAL is no number from 1 to 1000"),
            ("FREQ=DAILY;INTERVAL=99999999999999999999", "INTERVAL is no number from 1 to 1000"),
            ("FREQ=DAILY;UNTIL=2027", "UNTIL is no time such as 20261231T235959Z or 20261231"),
            ("FREQ=WEEKLY;BYDAY=MO", "the first time is none that the rule gives"),
            (
                "FREQ=DAILY;BYHOUR=3",
                "BYHOUR is none of FREQ, INTERVAL, BYDAY, BYMONTHDAY, COUNT, UNTIL, WKST=MO"
            ),
            (String(repeating: "FREQ=DAILY;", count: 60), "the rule is longer than 500 bytes"),
        ])
    func faults(_ rule: String, _ fault: String) throws {
        let from = try Berlin.moment("2026-03-22T01:00:00Z")
        #expect(throws: Recurrence.Fault(text: fault)) {
            try Recurrence(rule, from: from, to: from.adding(seconds: 60), clock: .utc)
        }
    }
}
