import DNSWire
import LapwingCore
import Testing

@Suite struct SpeakTests {
    private static let now = Timestamp(seconds: 1_780_000_000)

    private func event(
        _ number: Int, _ domain: String, _ kind: IncidentEvent.Kind = .open, shared: String? = nil,
        severity: Severity = .warning
    ) throws -> IncidentEvent {
        IncidentEvent(
            id: "\(domain)-1.\(number)", incident: "\(domain)-1", kind: kind, code: .serverSilent,
            incidentClass: .authorityOutage,
            severity: severity, page: severity == .critical, domain: try Name(domain), subject: nil, title: "t",
            text: "x", changes: [],
            since: Self.now, at: Self.now, shared: shared)
    }

    private let all = [Route(channels: ["ops"], severity: .notice)]

    @Test func fiveHundredDomainsOneMessage() throws {
        let events = try (0..<500).map { try event(1, "d\($0).test", shared: "server ns1.heron.test.") }
        let (notices, said) = Flow.speak(events: events, said: SaidLog(), routes: all, silences: [], at: Self.now)
        #expect(notices.count == 1)
        #expect(notices.first?.domains.count == 500)
        #expect(notices.first?.title.contains("server ns1.heron.test.") == true)
        // More of the same joins in silence; the end is told once, with the last.
        let (more, later) = Flow.speak(
            events: [try event(1, "late.test", shared: "server ns1.heron.test.")], said: said, routes: all,
            silences: [], at: Self.now)
        #expect(more.isEmpty)
        let ends = try (0..<500).map { try event(2, "d\($0).test", .close, shared: "server ns1.heron.test.") }
        let (first, rest) = Flow.speak(events: ends, said: later, routes: all, silences: [], at: Self.now)
        #expect(first.isEmpty)
        let (last, _) = Flow.speak(
            events: [try event(2, "late.test", .close, shared: "server ns1.heron.test.")], said: rest, routes: all,
            silences: [], at: Self.now)
        #expect(last.map(\.event) == [.close])
    }

    @Test func theSameEventsGiveTheSameNotices() throws {
        let events = try [event(1, "a.test"), event(1, "b.test")]
        let one = Flow.speak(events: events, said: SaidLog(), routes: all, silences: [], at: Self.now)
        let two = Flow.speak(events: events, said: SaidLog(), routes: all, silences: [], at: Self.now)
        #expect(one.notices == two.notices)
        #expect(Set(one.notices.map(\.id)).count == 2)
    }

    @Test func routesAndSilences() throws {
        let a = try Name("a.test")
        let low = try event(1, "a.test", severity: .info)
        #expect(Flow.speak(events: [low], said: SaidLog(), routes: all, silences: [], at: Self.now).notices.isEmpty)
        let tagged = [Route(channels: ["team"], tags: ["client"])]
        let high = try event(1, "a.test")
        #expect(Flow.speak(events: [high], said: SaidLog(), routes: tagged, silences: [], at: Self.now).notices.isEmpty)
        #expect(
            Flow.speak(
                events: [high], said: SaidLog(), routes: tagged, silences: [], tags: [a: ["client"]], at: Self.now
            ).notices.count == 1)
        let silence = Silence(id: "1", domains: [a], from: Self.now, to: Self.now.adding(seconds: 60))
        #expect(
            Flow.speak(events: [high], said: SaidLog(), routes: all, silences: [silence], at: Self.now).notices.isEmpty)
    }

    @Test func onlyThoseWhoHeardOfItHearTheEnd() throws {
        let end = try event(2, "a.test", .close)
        #expect(Flow.speak(events: [end], said: SaidLog(), routes: all, silences: [], at: Self.now).notices.isEmpty)
        let (_, said) = Flow.speak(
            events: [try event(1, "a.test")], said: SaidLog(), routes: all, silences: [], at: Self.now)
        #expect(Flow.speak(events: [end], said: said, routes: all, silences: [], at: Self.now).notices.count == 1)
    }
}
