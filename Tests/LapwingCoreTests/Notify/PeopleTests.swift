import DNSWire
import Foundation
import LapwingCore
import Testing

/// Routes that people live with, on a clock that the test sets, over the night in which Berlin's clocks go ahead.
@Suite("Told when people want it") struct PeopleTests {
    /// Plays events, and the moments at which something is due, and writes down each message.
    struct Desk {
        var said = SaidLog()
        var routes: [Route]
        var silences: [Silence] = []
        var acknowledgements: [Acknowledgement] = []
        var keepers: Set<String>?
        var next: Timestamp?
        var lines: [String] = []
        var tellings: [String: [Telling]] = [:]
        var notices: [Notice] = []

        init(_ routes: [Route], from start: Timestamp) throws {
            self.routes = routes
            try speak([], at: start)
        }

        mutating func speak(
            _ events: [IncidentEvent], released: [IncidentEvent] = [], at now: Timestamp
        ) throws {
            let speech = Flow.speak(
                events: events, released: released, said: said, routes: routes, silences: silences,
                acknowledgements: acknowledgements, keepers: keepers,
                watched: { Watched(domains: 3, unseen: 0, open: [.warning: 1]) }, at: now)
            // As it is kept from one turn, or one process, to the next.
            said = try JSONDecoder().decode(SaidLog.self, from: JSONEncoder().encode(speech.said))
            next = speech.next
            notices += speech.notices
            lines += speech.notices.map { "\(now) \($0.channel) \($0.event.rawValue): \($0.title)" }
            tellings.merge(speech.tellings) { first, _ in first }
        }

        mutating func wait(until end: Timestamp) throws {
            while let due = next, due <= end { try speak([], at: due) }
        }

        mutating func release(_ event: IncidentEvent, at now: Timestamp) throws {
            try wait(until: now)
            try speak([], released: [event], at: now)
        }

        mutating func happen(_ event: IncidentEvent) throws {
            try wait(until: event.at)
            try speak([event], at: event.at)
        }
    }

    private func event(
        _ at: String, _ number: Int = 1, _ kind: IncidentEvent.Kind = .open, domain: String = "a.test",
        severity: Severity = .warning, code: FindingCode = .serverSilent,
        class incidentClass: IncidentClass =
            .authorityOutage, isAnnounced: Bool? = nil, isPrepared: Bool? = nil
    ) throws -> IncidentEvent {
        let moment = try Berlin.moment(at)
        return IncidentEvent(
            id: "\(domain)-1.\(number)", incident: "\(domain)-1", kind: kind, code: code, incidentClass: incidentClass,
            severity: severity, page: severity == .critical, domain: try Name(domain), subject: nil,
            title: kind == .close ? "Over: \(code)" : "\(code)", text: "x", changes: [], since: moment, at: moment,
            isAnnounced: isAnnounced, isPrepared: isPrepared)
    }

    private let night = WeeklyHours(from: 22 * 60, to: 7 * 60, clock: Berlin.clock)
    private let start = "2026-03-28T12:00:00Z"

    @Test("quiet hours: what is critical passes, the rest is told in the morning as it is then")
    func quiet() throws {
        var route = Route.standard(["ops"])
        route.quiet = night
        var desk = try Desk([route], from: try Berlin.moment(start))
        try desk.happen(try event("2026-03-28T20:59:00Z", domain: "early.test"))
        try desk.happen(try event("2026-03-28T22:00:00Z"))
        try desk.happen(try event("2026-03-28T23:00:00Z", domain: "short.test"))
        try desk.happen(try event("2026-03-29T00:30:00Z", 2, .close, domain: "short.test"))
        try desk.happen(try event("2026-03-29T02:00:00Z", domain: "worse.test"))
        try desk.happen(try event("2026-03-29T03:00:00Z", 2, .update, domain: "worse.test", severity: .critical))
        try desk.wait(until: try Berlin.moment("2026-03-30T00:00:00Z"))
        #expect(
            desk.lines == [
                "2026-03-28T20:59:00Z ops open: server.silent",
                "2026-03-29T03:00:00Z ops update: server.silent",
                "2026-03-29T05:00:00Z ops open: Still open: server.silent",
                "2026-03-29T05:00:00Z ops close: Over: server.silent",
            ])
        #expect(
            desk.tellings["a.test-1.1"]?.map(\.sentence) == [
                "waits over ops for the end of the quiet hours until 2026-03-29 05:00 UTC"
            ])
    }

    @Test("a digest at a local hour, once a day, with what was not told at once")
    func digest() throws {
        let digest = Route.Digest(hour: DailyHour(minute: 480, clock: Berlin.clock))
        var desk = try Desk([.standard(["ops"], digest: digest)], from: try Berlin.moment(start))
        try desk.happen(
            try event("2026-03-28T13:00:00Z", severity: .notice, code: .ttlCut, class: .ttlAnomaly))
        try desk.happen(
            try event(
                "2026-03-28T14:00:00Z", domain: "b.test", severity: .notice, code: .recordChanged, isPrepared: true))
        try desk.happen(
            try event("2026-03-28T15:00:00Z", domain: "c.test", severity: .notice, code: .recordChanged))
        try desk.happen(
            try event("2026-03-29T06:30:00Z", 2, .close, severity: .notice, code: .ttlCut, class: .ttlAnomaly))
        try desk.wait(until: try Berlin.moment("2026-04-01T00:00:00Z"))
        #expect(
            desk.lines == [
                "2026-03-28T15:00:00Z ops open: record.changed",
                "2026-03-29T06:00:00Z ops update: Digest from 2026-03-28 13:00 Europe/Berlin to "
                    + "2026-03-29 08:00 Europe/Berlin: 2 events of 2 domains.",
                "2026-03-30T06:00:00Z ops update: Digest from 2026-03-29 08:00 Europe/Berlin to "
                    + "2026-03-30 08:00 Europe/Berlin: 1 event of 1 domain.",
            ])
        #expect(
            desk.notices[1].text.split(separator: "\n").dropFirst() == [
                "2026-03-28 14:00 Europe/Berlin a.test: ttl.cut (a.test-1)",
                "2026-03-28 15:00 Europe/Berlin b.test: record.changed (b.test-1)",
                "3 domains are watched. Open incidents: 1 warning.",
            ])
        #expect(desk.notices[1].purpose == .digest && desk.notices[1].domains.count == 2)
        #expect(desk.tellings["b.test-1.1"]?.map(\.sentence) == ["in the digest over ops of 2026-03-29 06:00 UTC"])
    }

    @Test("a digest on quiet days, where it is wanted")
    func quietDays() throws {
        let digest = Route.Digest(hour: DailyHour(minute: 480, clock: Berlin.clock), quietDays: true)
        var desk = try Desk([.standard(["ops"], digest: digest)], from: try Berlin.moment("2026-10-24T12:00:00Z"))
        try desk.wait(until: try Berlin.moment("2026-10-26T12:00:00Z"))
        #expect(
            desk.lines == [
                "2026-10-25T07:00:00Z ops update: Digest from 2026-10-24 14:00 Europe/Berlin to "
                    + "2026-10-25 08:00 Europe/Berlin: nothing to report.",
                "2026-10-26T07:00:00Z ops update: Digest from 2026-10-25 08:00 Europe/Berlin to "
                    + "2026-10-26 08:00 Europe/Berlin: nothing to report.",
            ])
        for notice in desk.notices {
            #expect(notice.text.hasSuffix("\n3 domains are watched. Open incidents: 1 warning."))
        }
    }

    private func urgent() -> Route {
        var route = Route.standard(["ops"])
        route.reminder = 4 * 3600
        route.escalations = [
            Route.Escalation(after: 1800, channels: ["pager"]), Route.Escalation(after: 7200, channels: ["boss"]),
        ]
        return route
    }

    @Test("reminders and escalation until it is over")
    func escalation() throws {
        var desk = try Desk([urgent()], from: try Berlin.moment(start))
        try desk.happen(try event("2026-03-28T20:00:00Z"))
        try desk.happen(try event("2026-03-29T01:00:00Z", 2, .close))
        try desk.wait(until: try Berlin.moment("2026-04-01T00:00:00Z"))
        #expect(
            desk.lines == [
                "2026-03-28T20:00:00Z ops open: server.silent",
                "2026-03-28T20:30:00Z pager open: Not acknowledged for 30 minutes: server.silent",
                "2026-03-28T22:00:00Z boss open: Not acknowledged for 2 hours: server.silent",
                "2026-03-29T00:00:00Z ops update: Reminder, open since 2026-03-28 20:00 UTC: server.silent",
                "2026-03-29T01:00:00Z ops close: Over: server.silent",
                "2026-03-29T01:00:00Z pager close: Over: server.silent",
                "2026-03-29T01:00:00Z boss close: Over: server.silent",
            ])
        #expect(desk.said.followUps.isEmpty && Set(desk.notices.map(\.id)).count == desk.notices.count)
    }

    struct Night: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var severity: Severity
        var start: String
        var lines: [String]
    }

    static let nights = [
        Night(
            testDescription: "clocks go ahead", severity: .warning, start: "2026-03-28T12:00:00Z",
            lines: [
                "2026-03-28T20:00:00Z ops open: server.silent",
                "2026-03-28T20:30:00Z pager open: Not acknowledged for 30 minutes: server.silent",
                // 07:00 in Berlin, an hour earlier by UTC than the day before.
                "2026-03-29T05:00:00Z ops update: Reminder, open since 2026-03-28 20:00 UTC: server.silent",
                "2026-03-29T05:00:00Z boss open: Not acknowledged for 9 hours: server.silent",
                "2026-03-29T09:00:00Z ops update: Reminder, open since 2026-03-28 20:00 UTC: server.silent",
            ]),
        Night(
            testDescription: "clocks go back", severity: .warning, start: "2026-10-24T12:00:00Z",
            lines: [
                // 22:00 in Berlin; 07:00 there is an hour later by UTC than the day before.
                "2026-10-25T06:00:00Z ops open: Still open: server.silent",
                "2026-10-25T06:30:00Z pager open: Not acknowledged for 30 minutes: Still open: server.silent",
                "2026-10-25T08:00:00Z boss open: Not acknowledged for 2 hours: Still open: server.silent",
                "2026-10-25T10:00:00Z ops update: Reminder, open since 2026-10-24 20:00 UTC: Still open: server.silent",
            ]),
        Night(
            testDescription: "what is critical waits for no morning", severity: .critical,
            start: "2026-03-28T12:00:00Z",
            lines: [
                "2026-03-28T20:00:00Z ops open: server.silent",
                "2026-03-28T20:30:00Z pager open: Not acknowledged for 30 minutes: server.silent",
                "2026-03-28T22:00:00Z boss open: Not acknowledged for 2 hours: server.silent",
                "2026-03-29T00:00:00Z ops update: Reminder, open since 2026-03-28 20:00 UTC: server.silent",
                "2026-03-29T04:00:00Z ops update: Reminder, open since 2026-03-28 20:00 UTC: server.silent",
                "2026-03-29T08:00:00Z ops update: Reminder, open since 2026-03-28 20:00 UTC: server.silent",
            ]),
    ]

    @Test("reminders and escalation in quiet hours, on the days on which clocks are set", arguments: nights)
    func followedThroughTheNight(_ given: Night) throws {
        var route = urgent()
        route.quiet = night
        let from = try Berlin.moment(given.start)
        var desk = try Desk([route], from: from)
        var first = try event("2026-03-28T20:00:00Z", severity: given.severity)
        first.at = from.adding(seconds: 8 * 3600)
        first.since = first.at
        try desk.happen(first)
        try desk.wait(until: from.adding(seconds: 22 * 3600))
        #expect(desk.lines == given.lines)
        #expect(Set(desk.notices.map(\.id)).count == desk.notices.count)
    }

    @Test("the reminders of one route do not wait for the quiet hours of another that leads to the same channel")
    func quietOfAnotherRoute() throws {
        var other = Route.standard(["ops"])
        other.tags = ["client"]
        other.quiet = night
        var own = Route.standard(["ops"])
        own.reminder = 4 * 3600
        var desk = try Desk([other, own], from: try Berlin.moment(start))
        try desk.happen(try event("2026-03-28T20:00:00Z"))
        try desk.wait(until: try Berlin.moment("2026-03-29T01:00:00Z"))
        #expect(
            desk.lines == [
                "2026-03-28T20:00:00Z ops open: server.silent",
                "2026-03-29T00:00:00Z ops update: Reminder, open since 2026-03-28 20:00 UTC: server.silent",
            ])
    }

    @Test("what is undone ends reminders and escalation, and all who heard of it hear of that, quietly")
    func undone() throws {
        var desk = try Desk([urgent()], from: try Berlin.moment(start))
        try desk.happen(try event("2026-03-28T20:00:00Z", severity: .critical))
        var back = try event("2026-03-28T21:00:00Z", 2, .update, severity: .critical)
        back.page = false
        back.isBack = true
        back.title = "Back: server.silent"
        try desk.happen(back)
        try desk.wait(until: try Berlin.moment("2026-03-31T00:00:00Z"))
        #expect(
            desk.lines == [
                "2026-03-28T20:00:00Z ops open: server.silent",
                "2026-03-28T20:30:00Z pager open: Not acknowledged for 30 minutes: server.silent",
                "2026-03-28T21:00:00Z ops update: Back: server.silent",
                "2026-03-28T21:00:00Z pager update: Back: server.silent",
            ])
        #expect(desk.notices.suffix(2).allSatisfy { !$0.page && $0.severity == .notice && $0.isBack == true })
        // It comes again: everything from the beginning.
        try desk.happen(try event("2026-03-31T01:00:00Z", 3, .update, severity: .critical))
        try desk.wait(until: try Berlin.moment("2026-03-31T02:00:00Z"))
        #expect(
            desk.lines.dropFirst(4) == [
                "2026-03-31T01:00:00Z ops update: server.silent",
                "2026-03-31T01:30:00Z pager open: Not acknowledged for 30 minutes: server.silent",
            ])
    }

    @Test("working hours are those that clocks show on the day on which they are set")
    func workingHours() throws {
        var day = Route.standard(["desk"])
        day.hours = WeeklyHours(from: 8 * 60, to: 18 * 60, clock: Berlin.clock)
        day.goesOn = false
        var desk = try Desk([day, .standard(["night"])], from: try Berlin.moment(start))
        // 08:00 and 18:00 in Berlin: 07:00 and 17:00 by UTC before that night, 06:00 and 16:00 after it.
        for (number, moment) in [
            "2026-03-28T16:59:00Z", "2026-03-28T17:00:00Z", "2026-03-29T05:59:00Z", "2026-03-29T06:00:00Z",
            "2026-03-29T15:59:00Z", "2026-03-29T16:00:00Z",
        ].enumerated() { try desk.happen(try event(moment, domain: "d\(number).test")) }
        #expect(
            desk.lines.map { $0.split(separator: " ")[1] } == ["desk", "night", "night", "desk", "desk", "night"])
    }

    @Test("an acknowledgement stops reminders and escalation, not changes, until its end or until it becomes graver")
    func acknowledged() throws {
        var desk = try Desk([urgent()], from: try Berlin.moment(start))
        try desk.happen(try event("2026-03-28T20:00:00Z"))
        desk.acknowledgements = [
            Acknowledgement(
                incident: "a.test-1", person: "anna", at: try Berlin.moment("2026-03-28T20:10:00Z"),
                until: try Berlin.moment("2026-03-29T06:00:00Z"), severity: .warning)
        ]
        try desk.speak([], at: try Berlin.moment("2026-03-28T20:10:00Z"))
        try desk.happen(try event("2026-03-28T21:00:00Z", 2, .update))
        try desk.wait(until: try Berlin.moment("2026-03-29T05:59:59Z"))
        #expect(
            desk.lines == [
                "2026-03-28T20:00:00Z ops open: server.silent", "2026-03-28T21:00:00Z ops update: server.silent",
            ])
        var graver = desk
        try graver.happen(try event("2026-03-29T02:00:00Z", 3, .update, severity: .critical))
        try graver.wait(until: try Berlin.moment("2026-03-29T02:30:00Z"))
        #expect(
            graver.lines.suffix(2) == [
                "2026-03-29T02:00:00Z ops update: server.silent",
                "2026-03-29T02:30:00Z pager open: Not acknowledged for 30 minutes: server.silent",
            ])
        try desk.wait(until: try Berlin.moment("2026-03-29T06:00:00Z"))
        #expect(
            desk.lines.dropFirst(2) == [
                "2026-03-29T06:00:00Z ops update: Reminder, open since 2026-03-28 21:00 UTC: server.silent",
                "2026-03-29T06:00:00Z pager open: Not acknowledged for 10 hours: server.silent",
                "2026-03-29T06:00:00Z boss open: Not acknowledged for 10 hours: server.silent",
            ])
    }

    @Test("silences on the clock: one of a class lets a hijack through, and what lasts at their end is told")
    func silences() throws {
        var desk = try Desk([.standard(["ops"])], from: try Berlin.moment(start))
        desk.silences = [
            Silence(
                id: 3, domain: try Name("a.test"), incidentClass: .ttlAnomaly, from: try Berlin.moment(start),
                to: try Berlin.moment("2026-03-30T00:00:00Z")),
            Silence(
                id: 4, domain: try Name("b.test"), from: try Berlin.moment(start),
                to: try Berlin.moment("2026-03-29T02:00:00Z"), reason: "work"),
        ]
        try desk.happen(
            try event("2026-03-28T23:00:00Z", severity: .warning, code: .ttlLow, class: .ttlAnomaly))
        try desk.happen(try event("2026-03-28T23:10:00Z", domain: "b.test"))
        try desk.happen(
            try event(
                "2026-03-29T01:30:00Z", 2, .update, severity: .critical, code: .recordHijacked, class: .hijackSuspected)
        )
        // The store gives back what a silence held, when the moment comes.
        let held = try event("2026-03-28T23:10:00Z", domain: "b.test")
        try desk.release(held, at: try Berlin.moment("2026-03-29T02:00:00Z"))
        #expect(
            desk.lines == [
                "2026-03-29T01:30:00Z ops update: record.hijacked",
                "2026-03-29T02:00:00Z ops open: Still open: server.silent",
            ])
        #expect(desk.notices.first?.page == true)
        #expect(
            desk.tellings["b.test-1.1"]?.map(\.sentence) == [
                "muted by silence 4 (work) until 2026-03-29 02:00 UTC"
            ])
    }

    @Test("a change of the night that is normal by the morning is told in the morning")
    func settledInTheNight() throws {
        var route = Route.standard(["ops"])
        route.quiet = night
        var desk = try Desk([route], from: try Berlin.moment(start))
        desk.keepers = []
        try desk.happen(
            try event("2026-03-28T23:00:00Z", severity: .notice, code: .recordChanged, class: .plannedChange))
        var end = try event(
            "2026-03-29T02:00:00Z", 2, .close, severity: .notice, code: .recordChanged, class: .plannedChange)
        end.isSettled = true
        end.title = "Settled: record.changed"
        try desk.happen(end)
        try desk.wait(until: try Berlin.moment("2026-03-30T00:00:00Z"))
        #expect(desk.lines == ["2026-03-29T05:00:00Z ops close: Settled: record.changed"])
    }

    struct Taken: Sendable {
        var description: String
        var narrow: @Sendable (inout Route) -> Void
        var reason: String?
    }

    static let taken = [
        Taken(description: "nothing narrows it", narrow: { _ in }),
        Taken(description: "its class", narrow: { $0.classes = [.authorityOutage] }),
        Taken(
            description: "another class", narrow: { $0.classes = [.expiry] },
            reason: "route 1 (ops) is not for the class authority-outage"),
        Taken(description: "its family", narrow: { $0.codes = ["server.*"] }),
        Taken(
            description: "another family", narrow: { $0.codes = ["dnssec.*"] },
            reason: "route 1 (ops) is not for the finding server.silent"),
        Taken(
            description: "another domain", narrow: { $0.domains = [.root] },
            reason: "route 1 (ops) is for other domains"),
        Taken(
            description: "other hours",
            narrow: { $0.hours = WeeklyHours(days: [0], from: 480, to: 1080, clock: Berlin.clock) },
            reason: "route 1 (ops) is for other hours"),
        Taken(
            description: "a higher severity", narrow: { $0.severity = .critical },
            reason: "route 1 (ops) begins at critical, this is warning"),
    ]

    @Test("what a route takes, and why it does not", arguments: taken)
    func takes(_ taken: Taken) throws {
        var route = Route.standard(["ops"])
        taken.narrow(&route)
        var desk = try Desk([route], from: try Berlin.moment(start))
        try desk.happen(try event("2026-03-28T13:00:00Z"))
        #expect(desk.lines.isEmpty == (taken.reason != nil), "\(taken.description)")
        let reason = taken.reason.map { "not sent: \($0)" } ?? "goes to ops at once"
        #expect(desk.tellings["a.test-1.1"]?.map(\.sentence) == [reason])
    }

    @Test("a route that ends the search")
    func last() throws {
        var first = Route.standard(["night"])
        first.hours = night
        first.goesOn = false
        var desk = try Desk([first, .standard(["day"])], from: try Berlin.moment(start))
        try desk.happen(try event("2026-03-28T13:00:00Z"))
        try desk.happen(try event("2026-03-28T22:00:00Z", domain: "b.test"))
        #expect(
            desk.lines == [
                "2026-03-28T13:00:00Z day open: server.silent", "2026-03-28T22:00:00Z night open: server.silent",
            ])
    }
}

@Suite("Signed links") struct ActLinkTests {
    private let link = ActLink(
        act: .accept, incident: "a.test-1", channel: "ops", expires: Timestamp(seconds: 1_780_000_000))
    /// Not a code to be used, but one that tells every claim from every other.
    private let seal = LinkSeal { claim in Array(claim.reversed()) + claim }

    @Test func aLinkIsGenuineOnlyAsItWasMade() {
        let code = seal.signature(of: link)
        #expect(seal.isGenuine(link, code))
        for index in code.utf8.indices {
            var bytes = Array(code.utf8)
            let place = code.utf8.distance(from: code.utf8.startIndex, to: index)
            bytes[place] = bytes[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            #expect(!seal.isGenuine(link, String(decoding: bytes, as: UTF8.self)))
        }
        #expect(!seal.isGenuine(link, "") && !seal.isGenuine(link, code + "0"))
        var others = [link, link, link, link]
        others[0].act = .silence
        others[1].incident = "a.test-11"
        others[2].channel = "op"
        others[3].expires = Timestamp(seconds: 1_780_000_001)
        for other in others { #expect(!seal.isGenuine(other, code)) }
        // The parts cannot be cut in another way.
        #expect(
            ActLink(act: .accept, incident: "a", channel: "bc", expires: link.expires).claim
                != ActLink(act: .accept, incident: "ab", channel: "c", expires: link.expires).claim)
    }
}
