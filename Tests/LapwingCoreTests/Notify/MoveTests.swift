import DNSWire
import Foundation
import LapwingCore
import Testing

/// Changes that many domains make alike.
@Suite struct MoveTests {
    private static let now = Timestamp(seconds: 1_780_000_000)

    /// One channel, and all that was said over it.
    struct Desk {
        var said = SaidLog()
        var lines: [String] = []

        mutating func take(_ events: [IncidentEvent], at seconds: Int64) throws {
            let kept = try JSONDecoder().decode(SaidLog.self, from: JSONEncoder().encode(said))
            let speech = Flow.speak(
                events: events, said: kept, routes: [Route(channels: ["ops"], severity: .notice)], silences: [],
                keepers: ["ops"], neighbours: 5000, at: MoveTests.now.adding(seconds: seconds))
            said = speech.said
            lines += speech.notices.map { "\(seconds) \($0.event.rawValue) \($0.domains.count): \($0.title)" }
        }
    }

    private static func event(
        _ number: Int, _ domain: String, _ changes: [Change], _ kind: IncidentEvent.Kind = .open,
        severity: Severity = .warning, incident: Int = 1, isBack: Bool? = nil
    ) throws -> IncidentEvent {
        var event = IncidentEvent(
            id: "\(domain)-\(incident).\(number)", incident: "\(domain)-\(incident)", kind: kind, code: .recordChanged,
            incidentClass: .plannedChange, severity: severity, page: severity == .critical, domain: try Name(domain),
            subject: nil, title: "\(domain) moved", text: "x", changes: changes, since: now, at: now)
        event.isBack = isBack
        return event
    }

    private static func change(
        _ domain: String, _ old: [String], _ new: [String], _ kind: Change.Kind = .records(.a)
    ) throws -> Change {
        Change(name: try Name(domain), kind: kind, old: old, new: new, seenBy: [])
    }

    private static func moved(_ number: Int, _ place: Int, _ kind: IncidentEvent.Kind = .open) throws -> IncidentEvent {
        let domain = "d\(place).test"
        let change = try change(domain, ["198.51.100.\(place % 250)"], ["203.0.113.\(place % 240)"])
        return try event(number, domain, [change], kind)
    }

    struct Move: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var kind: Change.Kind
        var old: [String]
        var new: [String]
        var words: String?
    }

    static let moves = [
        Move(
            testDescription: "addresses within one network each", kind: .records(.a),
            old: ["198.51.100.4", "198.51.100.9"], new: ["203.0.113.77"],
            words: "addresses from 198.51.100.0/24 to 203.0.113.0/24"),
        Move(
            testDescription: "addresses of version 6", kind: .records(.aaaa), old: ["2001:db8:1:2::3"],
            new: ["2001:db8:7:8::9"], words: "addresses from 2001:db8:1::/48 to 2001:db8:7::/48"),
        Move(
            testDescription: "another server in the same network", kind: .records(.a), old: ["198.51.100.4"],
            new: ["198.51.100.9"], words: nil),
        Move(
            testDescription: "names in any case", kind: .records(.ns), old: ["NS1.old.test.", "ns2.old.test."],
            new: ["ns2.new.test.", "ns1.new.test."],
            words: "NS from ns1.old.test., ns2.old.test. to ns1.new.test., ns2.new.test."),
        Move(
            testDescription: "mail hosts", kind: .records(.mx), old: ["10 mx.old.test."], new: ["5 mx.new.test."],
            words: "MX from 10 mx.old.test. to 5 mx.new.test."),
        Move(testDescription: "lost", kind: .records(.a), old: ["198.51.100.4"], new: [], words: nil),
        Move(testDescription: "new", kind: .records(.a), old: [], new: ["198.51.100.4"], words: nil),
        Move(testDescription: "of no form", kind: .records(.a), old: ["198.51.100.4"], new: ["x"], words: nil),
        Move(testDescription: "texts", kind: .records(.txt), old: ["\"a\""], new: ["\"b\""], words: nil),
        Move(testDescription: "a TTL alone", kind: .ttl(.a), old: ["3600"], new: ["60"], words: nil),
        Move(
            testDescription: "over many networks", kind: .records(.a), old: ["198.51.100.4"],
            new: (1...9).map { "10.0.\($0).1" }, words: nil),
    ]

    @Test("what counts as the same move", arguments: moves)
    func sameMove(_ move: Move) throws {
        let event = try Self.event(1, "a.test", [Self.change("a.test", move.old, move.new, move.kind)])
        #expect(event.move?.words == move.words)
    }

    @Test("addresses of both versions and a TTL are one move; a text beside them is something of its own")
    func moveOfSeveral() throws {
        var changes = [
            try Self.change("a.test", ["198.51.100.4"], ["203.0.113.77"]),
            try Self.change("www.a.test", ["198.51.100.5"], ["203.0.113.78"]),
            try Self.change("a.test", ["2001:db8::1"], ["2001:db8:5::1"], .records(.aaaa)),
            try Self.change("a.test", ["3600"], ["60"], .ttl(.a)),
        ]
        #expect(
            try Self.event(1, "a.test", changes).move?.words
                == "addresses from 198.51.100.0/24 to 203.0.113.0/24; addresses from 2001:db8::/48 to 2001:db8:5::/48")
        changes.append(try Self.change("a.test", ["\"a\""], ["\"b\""], .records(.txt)))
        #expect(try Self.event(1, "a.test", changes).move?.words == nil)
    }

    private static let words = "share this cause: addresses of many domains at once."

    /// A hundred that are told one by one, and as many more as are wanted, which one message names.
    private static func crowd(_ more: Int) throws -> Desk {
        var desk = Desk()
        for place in 0..<100 { try desk.take([moved(1, place)], at: 0) }
        try desk.take((0..<more).map { try moved(1, 100 + $0) }, at: 1)
        try desk.take([], at: 31)
        return desk
    }

    @Test("three thousand domains that move: a hundred at once, then few messages, and one end")
    func provider() throws {
        var desk = Desk()
        for place in 0..<100 { try desk.take([Self.moved(1, place)], at: 0) }
        #expect(desk.lines == (0..<100).map { "0 open 1: d\($0).test moved" })
        desk.lines = []
        for minute in 0..<30 {
            let events = try (0..<100).map { try Self.moved(1, 100 + minute * 100 + $0) }
            try desk.take(events, at: Int64(minute) * 30 + 1)
        }
        for second in stride(from: Int64(900), to: 3000, by: 30) { try desk.take([], at: second) }
        #expect(
            desk.lines == [
                "31 open 200: d100.test moved 200 domains \(Self.words)",
                "91 update 400: Now 400 domains \(Self.words) First: d100.test moved",
                "151 update 600: Now 600 domains \(Self.words) First: d100.test moved",
                "451 update 1600: Now 1600 domains \(Self.words) First: d100.test moved",
                "1380 update 3000: Now 3000 domains \(Self.words) First: d100.test moved",
            ])
        desk.lines = []
        try desk.take((0..<3099).map { try Self.moved(2, $0, .close) }, at: 4000)
        #expect(desk.lines == (0..<100).map { "4000 close 1: d\($0).test moved" })
        try desk.take([Self.moved(2, 3099, .close)], at: 4000)
        #expect(desk.lines.last == "4000 close 3000: Over: d100.test moved")
        #expect(desk.said.threads.isEmpty)
    }

    @Test("one that is graver is told at once")
    func graver() throws {
        var desk = try Self.crowd(2)
        #expect(desk.lines.last == "31 open 2: d100.test moved 2 domains \(Self.words)")
        var third = try Self.moved(1, 102)
        third.severity = .critical
        try desk.take([third], at: 35)
        #expect(desk.lines.last == "35 open 3: d102.test moved 3 domains \(Self.words)")
        #expect(desk.lines.count == 102)
    }

    @Test("what few make is told, undone and ended one by one")
    func few() throws {
        var desk = Desk()
        try desk.take((0..<3).map { try Self.moved(1, $0) }, at: 0)
        var back = try Self.moved(2, 0, .update)
        back.isBack = true
        back.title = "Back: d0.test"
        try desk.take([back], at: 100)
        try desk.take([Self.moved(3, 1, .close)], at: 200)
        #expect(
            desk.lines == [
                "0 open 1: d0.test moved", "0 open 1: d1.test moved", "0 open 1: d2.test moved",
                "100 update 1: Back: d0.test", "200 close 1: d1.test moved",
            ])
        #expect(desk.said.threads.isEmpty)
    }

    @Test("a crowd that is undone is told once, those who were told one by one are one by one")
    func undone() throws {
        var desk = try Self.crowd(3)
        desk.lines = []
        let backs = try (99..<103).map { place in
            var event = try Self.moved(2, place, .update)
            event.isBack = true
            event.title = "Back: d\(place).test"
            return event
        }
        try desk.take(backs, at: 300)
        #expect(
            desk.lines == [
                "300 update 1: Back: d99.test",
                "300 update 3: Back: What changed (addresses of many domains at once) is undone. "
                    + "All 3 domains that shared this cause are well.",
            ])
    }

    @Test("what else becomes of a domain is told of itself")
    func another() throws {
        var desk = try Self.crowd(2)
        desk.lines = []
        let change = try Self.change("mail.d101.test", ["198.51.100.77"], ["203.0.113.99"])
        try desk.take([Self.event(1, "d101.test", [change], incident: 2)], at: 40)
        #expect(desk.lines == ["40 open 1: d101.test moved"])
        // One that takes something else in leaves the crowd, and its end is its own.
        var wider = try Self.moved(2, 101, .update)
        wider.changes.append(try Self.change("d101.test", ["\"a\""], ["\"b\""], .records(.txt)))
        try desk.take([wider], at: 50)
        try desk.take([Self.moved(3, 101, .close)], at: 60)
        #expect(desk.lines.suffix(2) == ["50 update 1: d101.test moved", "60 close 1: d101.test moved"])
    }

    @Test("changes over the day are told one by one, also after a crowd")
    func overTheDay() throws {
        var desk = Desk()
        for place in 0..<200 { try desk.take([Self.moved(1, place)], at: Int64(place) * 2) }
        #expect(desk.lines.count == 200 && desk.lines.allSatisfy { $0.contains(" open 1: ") })
        #expect(desk.said.threads.isEmpty)
        desk = try Self.crowd(5)
        try desk.take([Self.moved(1, 500)], at: 7200)
        #expect(desk.lines.last == "7200 open 1: d500.test moved")
        try desk.take([], at: 20_000)
        #expect(desk.said.moves.isEmpty)
    }
}
