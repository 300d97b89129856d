import DNSWire
import Foundation
import LapwingCore
import Testing

/// Causes that domains share, and that are undone: for all of them, for some, and not for long.
@Suite struct RecoveryTests {
    private static let start = Timestamp(seconds: 1_780_000_000)
    private static let server = "server ns1.heron.test."

    /// What two clients' channels and those that keep a list hear, with the store's copy of what was said in between.
    struct Desk {
        var said = SaidLog()
        var notices: [Notice] = []
        var next: Timestamp?
        var silences: [Silence] = []
        var routes: [Route]
        var tags: [Name: [String]] = [:]
        var number = 0
        var tellings: [String: [Telling]] = [:]

        init(_ routes: [Route] = [Route(channels: ["ops"], severity: .notice)]) { self.routes = routes }

        mutating func speak(_ events: [IncidentEvent], at seconds: Int64) throws {
            let kept = try JSONDecoder().decode(SaidLog.self, from: JSONEncoder().encode(said))
            let speech = Flow.speak(
                events: events, said: kept, routes: routes, silences: silences, tags: tags,
                keepers: ["pager", "hook"], resolvers: ["pager"], neighbours: 50,
                at: RecoveryTests.start.adding(seconds: seconds))
            said = speech.said
            notices += speech.notices
            next = speech.next
            tellings.merge(speech.tellings) { $1 }
        }

        /// Lets the time pass, as the daemon does.
        mutating func wait(until seconds: Int64) throws {
            let end = RecoveryTests.start.adding(seconds: seconds)
            for _ in 0..<1000 {
                guard let due = next, due <= end else { return }
                try speak([], at: due.seconds(since: RecoveryTests.start))
            }
            Issue.record("never at rest")
        }

        mutating func happen(
            _ domain: String, _ kind: IncidentEvent.Kind, _ title: String, back isBack: Bool = false, at seconds: Int64
        ) throws {
            try wait(until: seconds)
            try speak([try event(domain, kind, title, back: isBack, at: seconds)], at: seconds)
        }

        mutating func event(
            _ domain: String, _ kind: IncidentEvent.Kind, _ title: String, back isBack: Bool = false, at seconds: Int64
        ) throws -> IncidentEvent {
            number += 1
            var event = IncidentEvent(
                id: "\(domain)-1.\(number)", incident: "\(domain)-1", kind: kind, code: .serverSilent,
                incidentClass: .authorityOutage, severity: .warning, page: false, domain: try Name(domain),
                subject: nil,
                title: title, text: title, changes: [], since: RecoveryTests.start,
                at: RecoveryTests.start.adding(seconds: seconds), shared: RecoveryTests.server)
            if isBack {
                event.isBack = true
                if kind == .close { event.isSettled = true }
            }
            return event
        }

        func lines(_ channel: String = "ops") -> [String] {
            notices.filter { $0.channel == channel }.map { notice in
                let seconds = notice.at.seconds(since: RecoveryTests.start)
                return "\(seconds) \(notice.event)\(notice.isBack == true ? " back" : "") \(notice.domains.count): "
                    + notice.title
            }
        }
    }

    private static let back = "Back: Server ns1.heron.test answers again."

    /// Three domains that are told of the server together at 30.
    private static func outage(_ desk: inout Desk) throws {
        for (number, domain) in ["a.test", "b.test", "c.test"].enumerated() {
            try desk.happen(domain, .open, "ns1 is silent.", at: Int64(number))
        }
        try desk.wait(until: 40)
    }

    @Test("all are well: told when the last of them is, once, and its end to nobody")
    func whole() throws {
        var desk = Desk()
        try Self.outage(&desk)
        for (number, domain) in ["b.test", "c.test", "a.test"].enumerated() {
            try desk.happen(domain, .update, "Back", back: true, at: 1000 + Int64(number) * 5)
        }
        try desk.wait(until: 2000)
        for domain in ["a.test", "b.test", "c.test"] {
            try desk.happen(domain, .close, "Over", back: true, at: 2000)
        }
        try desk.wait(until: 9000)
        #expect(
            desk.lines() == [
                "0 open 3: ns1 is silent. 3 domains share this cause: server ns1.heron.test.",
                "1010 update back 3: \(Self.back) All 3 domains that shared this cause are well.",
            ])
        let notice = try #require(desk.notices.last)
        #expect(notice.severity == .notice && !notice.page && notice.incident == "a.test-1")
        #expect(notice.text.contains("Domains: a.test, b.test, c.test"), "\(notice.text)")
        #expect(notice.text.contains("Since \(Self.start.adding(seconds: 1000).sentence)"), "\(notice.text)")
        #expect(desk.said.threads.isEmpty && desk.next == nil)
    }

    @Test("some are well: told as some, after half a minute, and as all when it is all")
    func partly() throws {
        var desk = Desk()
        try Self.outage(&desk)
        try desk.happen("b.test", .update, "Back", back: true, at: 1000)
        try desk.wait(until: 1200)
        #expect(
            desk.lines().dropFirst() == [
                "1030 update 3: Partly back: Server ns1.heron.test answers again for 1 of 3 domains, not for all yet."
            ])
        let partly = try #require(desk.notices.last)
        #expect(partly.text.contains("Not yet: a.test, c.test\nWell again: b.test"), "\(partly.text)")
        #expect(partly.severity == .notice && partly.isBack == nil)
        try desk.happen("b.test", .close, "Over", back: true, at: 1200)
        try desk.happen("a.test", .update, "Back", back: true, at: 1210)
        try desk.happen("c.test", .update, "Back", back: true, at: 1220)
        #expect(
            desk.lines().dropFirst(2) == [
                "1220 update back 3: \(Self.back) All 3 domains that shared this cause are well."
            ])
        for domain in ["a.test", "c.test"] { try desk.happen(domain, .close, "Over", back: true, at: 1500) }
        try desk.wait(until: 9000)
        #expect(desk.lines().count == 3)
    }

    @Test("what is never well for all has an end that is told")
    func neverAll() throws {
        var desk = Desk()
        try Self.outage(&desk)
        try desk.happen("b.test", .update, "Back", back: true, at: 1000)
        try desk.happen("b.test", .close, "Over", back: true, at: 1100)
        try desk.happen("a.test", .close, "Over", at: 1200)
        try desk.happen("c.test", .close, "Over", at: 1300)
        #expect(desk.lines().last?.hasPrefix("1300 close 3: Over: ns1 is silent.") == true, "\(desk.lines())")
    }

    @Test("a relapse is told at once, with those that it touches, and may be undone again")
    func relapse() throws {
        var desk = Desk()
        try Self.outage(&desk)
        let names = ["a.test", "b.test", "c.test"]
        for domain in names { try desk.happen(domain, .update, "Back", back: true, at: 1000) }
        try desk.happen("c.test", .update, "Again: ns1 is silent.", at: 1100)
        #expect(desk.lines().last == "1100 update 1: Again: ns1 is silent.")
        let domain = try Name("c.test")
        #expect(desk.notices.last?.incident == "a.test-1" && desk.notices.last?.domain == domain)
        try desk.happen("a.test", .update, "Again: ns1 is silent.", at: 1105)
        try desk.wait(until: 1400)
        #expect(
            desk.lines().last
                == "1160 update 2: Now 2 domains share this cause: server ns1.heron.test. First: Again: ns1 is silent.")
        for domain in ["a.test", "c.test"] { try desk.happen(domain, .update, "Back", back: true, at: 1500) }
        #expect(
            desk.lines().last == "1500 update back 2: \(Self.back) All 2 domains that shared this cause are well.")
        let count = desk.notices.count
        for domain in names { try desk.happen(domain, .close, "Over", back: true, at: 2000) }
        try desk.wait(until: 9000)
        #expect(desk.notices.count == count)
        #expect(Set(desk.notices.map(\.id)).count == desk.notices.count)
    }

    @Test("what was said to be well for some is contradicted at once")
    func partialRelapse() throws {
        var desk = Desk()
        try Self.outage(&desk)
        try desk.happen("b.test", .update, "Back", back: true, at: 1000)
        try desk.wait(until: 1040)
        try desk.happen("b.test", .update, "Again: ns1 is silent.", at: 1100)
        #expect(
            desk.lines().last
                == "1100 update 3: Again: ns1 is silent. 3 domains share this cause: server ns1.heron.test.")
        // Nobody was told of this one yet, so there is nothing to take back.
        try desk.happen("a.test", .update, "Back", back: true, at: 1200)
        try desk.happen("a.test", .update, "Again: ns1 is silent.", at: 1210)
        let count = desk.notices.count
        try desk.wait(until: 9000)
        #expect(desk.notices.count == count && desk.next == nil)
    }

    @Test("each route hears of its own domains, and a silenced one takes none with it")
    func routes() throws {
        var desk = Desk(["one", "two"].map { Route(channels: [$0], tags: [$0]) })
        desk.tags = [try Name("a.test"): ["one"], try Name("b.test"): ["two"], try Name("c.test"): ["two"]]
        desk.silences = [
            Silence(
                id: 1, domain: try Name("c.test"), incidentClass: nil, code: nil, from: Self.start,
                to: Self.start.adding(seconds: 100_000))
        ]
        try Self.outage(&desk)
        try desk.happen("b.test", .update, "Back", back: true, at: 1000)
        try desk.wait(until: 2000)
        #expect(desk.lines("one").count == 1)
        #expect(desk.lines("two").last == "1000 update back 1: \(Self.back)")
        try desk.happen("a.test", .update, "Back", back: true, at: 2000)
        #expect(desk.lines("one").last == "2000 update back 1: \(Self.back)")
    }

    @Test("a pager is told of the way back as the end, a webhook of both, each once")
    func keepers() throws {
        var desk = Desk([Route(channels: ["ops", "pager", "hook"], severity: .notice)])
        try Self.outage(&desk)
        let names = ["a.test", "b.test", "c.test"]
        for domain in names { try desk.happen(domain, .update, "Back", back: true, at: 1000) }
        for domain in names { try desk.happen(domain, .close, "Over", back: true, at: 2000) }
        let kinds = { (channel: String) in
            desk.notices.filter { $0.channel == channel }.map { "\($0.event)\($0.isBack == true ? " back" : "")" }
        }
        #expect(kinds("ops") == ["open", "update back"])
        #expect(kinds("pager") == ["open", "update back"])
        #expect(kinds("hook") == ["open", "update back", "close back"])
        #expect(desk.said.takenOff.isEmpty)
    }

    @Test("reminders go on until it is undone for all, and who was called hears of it for all")
    func answered() throws {
        var route = Route(channels: ["ops"], severity: .notice)
        route.reminder = 600
        route.escalations = [Route.Escalation(after: 300, channels: ["boss"])]
        var desk = Desk([route])
        try Self.outage(&desk)
        // The first incident, which stands for all in every message.
        try desk.happen("a.test", .update, "Back", back: true, at: 500)
        try desk.wait(until: 700)
        #expect(desk.lines().contains { $0.contains("Reminder") }, "\(desk.lines())")
        #expect(!desk.lines("boss").contains { $0.contains("Back: ") }, "\(desk.lines("boss"))")
        for domain in ["b.test", "c.test"] { try desk.happen(domain, .update, "Back", back: true, at: 800) }
        let told = desk.lines().count
        #expect(desk.lines("boss").last?.hasPrefix("800 update back 3: ") == true, "\(desk.lines("boss"))")
        for domain in ["a.test", "b.test", "c.test"] {
            try desk.happen(domain, .close, "Over", back: true, at: 900)
        }
        try desk.wait(until: 9000)
        #expect(desk.lines().count == told && desk.next == nil)
        #expect(desk.said.threads.isEmpty)
    }
}
