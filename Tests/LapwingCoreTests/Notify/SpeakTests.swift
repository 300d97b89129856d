import DNSWire
import Foundation
import LapwingCore
import Testing

@Suite struct SpeakTests {
    private static let now = Timestamp(seconds: 1_780_000_000)

    private func event(
        _ number: Int, _ domain: String, _ kind: IncidentEvent.Kind = .open, shared: String? = nil,
        severity: Severity = .warning, class incidentClass: IncidentClass = .authorityOutage,
        code: FindingCode = .serverSilent, isAnnounced: Bool? = nil
    ) throws -> IncidentEvent {
        IncidentEvent(
            id: "\(domain)-1.\(number)", incident: "\(domain)-1", kind: kind, code: code, incidentClass: incidentClass,
            severity: severity, page: severity == .critical, domain: try Name(domain), subject: nil, title: "t",
            text: "x", changes: [], since: Self.now, at: Self.now, shared: shared, isAnnounced: isAnnounced)
    }

    private func silence(
        _ domain: String? = nil, _ incidentClass: IncidentClass? = nil, _ code: FindingCode? = nil
    ) throws -> Silence {
        Silence(
            id: 1, domain: try domain.map { try Name($0) }, incidentClass: incidentClass, code: code, from: Self.now,
            to: Self.now.adding(seconds: 60))
    }

    private let all = [Route(channels: ["ops"], severity: .notice)]
    private let server = "server ns1.heron.test."

    @Test func theSameEventsGiveTheSameNotices() throws {
        let events = try [event(1, "a.test"), event(1, "b.test")]
        let one = Flow.speak(events: events, said: SaidLog(), routes: all, silences: [], at: Self.now)
        let two = Flow.speak(events: events, said: SaidLog(), routes: all, silences: [], at: Self.now)
        #expect(one == two)
        #expect(Set(one.notices.map(\.id)).count == 2)
    }

    @Test func onlyThoseWhoHeardOfItHearTheEnd() throws {
        let end = try event(2, "a.test", .close)
        #expect(Flow.speak(events: [end], said: SaidLog(), routes: all, silences: [], at: Self.now).notices.isEmpty)
        let said = Flow.speak(
            events: [try event(1, "a.test")], said: SaidLog(), routes: all, silences: [], at: Self.now
        ).said
        #expect(Flow.speak(events: [end], said: said, routes: all, silences: [], at: Self.now).notices.count == 1)
    }

    // MARK: Routes

    struct Wanted: Sendable {
        var description: String
        var route: Route
        var severity: Severity
        var code: FindingCode
        var isAnnounced = false
        var isTold: Bool
    }

    static let wanted = [
        Wanted(
            description: "a warning", route: .standard(["ops"]), severity: .warning, code: .serverSilent, isTold: true),
        Wanted(
            description: "a notice that is no change", route: .standard(["ops"]), severity: .notice,
            code: .resolverFailing, isTold: false),
        Wanted(
            description: "a changed record", route: .standard(["ops"]), severity: .notice, code: .recordChanged,
            isTold: true),
        Wanted(
            description: "a changed record that was announced", route: .standard(["ops"]), severity: .notice,
            code: .recordChanged, isAnnounced: true, isTold: false),
        Wanted(
            description: "a change that is only kept in the log", route: .standard(["ops"]), severity: .info,
            code: .recordChanged, isTold: false),
        Wanted(
            description: "a lowered TTL", route: .standard(["ops"]), severity: .notice, code: .ttlCut, isTold: false),
        Wanted(
            description: "a declared change that did not come", route: .standard(["ops"]), severity: .notice,
            code: .changeMissing, isTold: false),
        Wanted(
            description: "a changed record where changes are not wanted",
            route: Route(channels: ["ops"], severity: .warning), severity: .notice, code: .recordChanged, isTold: false),
        Wanted(
            description: "a warning where only critical things and changes are wanted",
            route: Route(channels: ["ops"], severity: .critical, changes: true), severity: .warning,
            code: .serverSilent, isTold: false),
    ]

    @Test("who is told", arguments: wanted)
    func routes(_ wanted: Wanted) throws {
        let event = try event(
            1, "a.test", severity: wanted.severity, code: wanted.code, isAnnounced: wanted.isAnnounced)
        let notices = Flow.speak(
            events: [event], said: SaidLog(), routes: [wanted.route], silences: [], at: Self.now
        ).notices
        #expect(!notices.isEmpty == wanted.isTold, "\(wanted.description)")
    }

    @Test func aFloodOfOneDomainEndsInASummary() throws {
        var said = SaidLog()
        var heard: [Notice] = []
        // A change every ten seconds for an hour and a half, and a critical in the midst of it.
        for turn in 0..<540 {
            let now = Self.now.adding(seconds: Int64(turn) * 10)
            var event = try event(turn, "flood.test", .update)
            event.at = now
            if turn == 300 { event.severity = .critical }
            let speech = Flow.speak(
                events: [event, try self.event(turn, "d\(turn).test")], said: said, routes: all, silences: [], at: now)
            heard += speech.notices
            said = try JSONDecoder().decode(SaidLog.self, from: JSONEncoder().encode(speech.said))
        }
        let flood = heard.filter { $0.domain.description == "flood.test." }
        #expect(flood.count == 2 * NoticeHour.most + 2, "an hour's share twice, the critical and a summary")
        #expect(flood.contains { $0.severity == .critical })
        let summary = try #require(flood.first { $0.title.contains("not sent one by one") })
        #expect(summary.title.hasPrefix("339 further events of flood.test."))
        #expect(Set(flood.map(\.id)).count == flood.count)
        #expect(heard.count - flood.count == 540, "others are told as ever")
        // The second hour's summary comes when it is due, although nothing happens.
        let due = try #require(said.nextSummary)
        let last = Flow.speak(events: [], said: said, routes: all, silences: [], at: due)
        #expect(last.notices.count == 1 && last.said.nextSummary == nil)
    }

    @Test func whatNobodyHeardOfHasNoEnd() throws {
        var said = SaidLog()
        for number in 0..<NoticeHour.most {
            said =
                Flow.speak(
                    events: [try event(number, "a.test", .update)], said: said, routes: all, silences: [], at: Self.now
                ).said
        }
        var held = try event(1, "a.test")
        held.incident = "a.test-2"
        var end = try event(2, "a.test", .close)
        end.incident = "a.test-2"
        let speech = Flow.speak(events: [held, end], said: said, routes: all, silences: [], at: Self.now)
        #expect(speech.notices.isEmpty)
    }

    @Test func routesByTag() throws {
        let a = try Name("a.test")
        let tagged = [Route(channels: ["team"], tags: ["client"])]
        let high = try event(1, "a.test")
        #expect(Flow.speak(events: [high], said: SaidLog(), routes: tagged, silences: [], at: Self.now).notices.isEmpty)
        #expect(
            Flow.speak(
                events: [high], said: SaidLog(), routes: tagged, silences: [], tags: [a: ["client"]], at: Self.now
            ).notices.count == 1)
    }

    // MARK: Silences

    struct Covered: Sendable {
        var domain: String?
        var incidentClass: IncidentClass?
        var code: FindingCode?
        var isHeld: Bool
    }

    static let covered = [
        Covered(isHeld: true), Covered(domain: "a.test", isHeld: true), Covered(domain: "b.test", isHeld: false),
        Covered(domain: "a.test", incidentClass: .hijackSuspected, isHeld: true),
        Covered(domain: "a.test", incidentClass: .ttlAnomaly, isHeld: false),
        Covered(incidentClass: .ttlAnomaly, isHeld: false), Covered(incidentClass: .hijackSuspected, isHeld: true),
        Covered(domain: "a.test", code: .recordHijacked, isHeld: true),
        Covered(domain: "a.test", code: .delegationHijacked, isHeld: false),
        Covered(domain: "a.test", incidentClass: .hijackSuspected, code: .ttlLow, isHeld: false),
    ]

    @Test("a silence holds back what it says and nothing else", arguments: covered)
    func silences(_ covered: Covered) throws {
        let hijack = try event(1, "a.test", severity: .critical, class: .hijackSuspected, code: .recordHijacked)
        let silence = try silence(covered.domain, covered.incidentClass, covered.code)
        let speech = Flow.speak(events: [hijack], said: SaidLog(), routes: all, silences: [silence], at: Self.now)
        #expect(speech.notices.isEmpty == covered.isHeld)
        #expect(speech.held == (covered.isHeld ? ["a.test-1.1": silence.to] : [:]))
        let after = Flow.speak(events: [hijack], said: SaidLog(), routes: all, silences: [silence], at: silence.to)
        #expect(after.notices.count == 1, "it covers nothing from its end on")
    }

    struct Narrow: Sendable {
        var description: String
        var subject: String?
        var changes: [String]
        var isHeld: Bool
    }

    static let narrow = [
        Narrow(description: "the record alone", subject: "www.a.test A", changes: ["www.a.test A"], isHeld: true),
        Narrow(description: "the record without a change", subject: "www.a.test A", changes: [], isHeld: true),
        Narrow(description: "another type", subject: "www.a.test AAAA", changes: ["www.a.test AAAA"], isHeld: false),
        Narrow(description: "another name", subject: "mail.a.test A", changes: ["mail.a.test A"], isHeld: false),
        Narrow(
            description: "another one as well", subject: "www.a.test A", changes: ["www.a.test A", "a.test MX"],
            isHeld: false),
        Narrow(description: "no record", subject: nil, changes: [], isHeld: false),
    ]

    @Test("a silence of a record holds back what is about it alone", arguments: narrow)
    func silenceOfARecord(_ narrow: Narrow) throws {
        func key(_ text: String) throws -> RecordSetKey {
            let words = text.split(separator: " ").map(String.init)
            return RecordSetKey(try Name(words[0]), try #require(RecordType(words[1])))
        }
        var event = try event(1, "a.test", severity: .notice, class: .plannedChange, code: .recordChanged)
        event.subject = try narrow.subject.map(key)
        event.changes = try narrow.changes.map(key).map {
            Change(name: $0.name, kind: .records($0.type), old: ["x"], new: ["y"], seenBy: [])
        }
        let silence = Silence(
            id: 1, domain: try Name("a.test"), record: try key("www.a.test A"), from: Self.now,
            to: Self.now.adding(seconds: 60))
        let speech = Flow.speak(events: [event], said: SaidLog(), routes: all, silences: [silence], at: Self.now)
        #expect(speech.notices.isEmpty == narrow.isHeld, "\(narrow.description)")
    }

    @Test func whatASilenceHeldBackIsToldWhenItEnds() throws {
        let held = try event(1, "a.test")
        let after = Flow.speak(events: [], released: [held], said: SaidLog(), routes: all, silences: [], at: Self.now)
        #expect(after.notices.map(\.title) == ["Still open: t"])
        // And the end after that, as of any incident that was told.
        let end = Flow.speak(
            events: [try event(2, "a.test", .close)], said: after.said, routes: all, silences: [], at: Self.now)
        #expect(end.notices.map(\.event) == [.close])
    }

    @Test func whatBecomesWorseIsToldInASilenceOfTheLowerClass() throws {
        let silence = try silence("a.test", .ttlAnomaly)
        let low = try event(1, "a.test", severity: .notice, class: .ttlAnomaly, code: .ttlLow)
        let first = Flow.speak(events: [low], said: SaidLog(), routes: all, silences: [silence], at: Self.now)
        #expect(first.notices.isEmpty)
        let worse = try event(2, "a.test", .update, severity: .critical, class: .hijackSuspected, code: .recordHijacked)
        let second = Flow.speak(events: [worse], said: first.said, routes: all, silences: [silence], at: Self.now)
        #expect(second.notices.map(\.incidentClass) == [.hijackSuspected])
    }

    // MARK: Shared causes

    @Test func fiveHundredDomainsOneMessage() throws {
        let events = try (0..<500).map { try event(1, "d\($0).test", shared: server) }
        let opening = Flow.speak(events: events, said: SaidLog(), routes: all, silences: [], at: Self.now)
        #expect(opening.notices.count == 1)
        #expect(opening.notices.first?.domains.count == 500)
        #expect(opening.notices.first?.title.contains(server) == true)
        #expect(opening.next == nil)
        let ends = try (1..<500).map { try event(2, "d\($0).test", .close, shared: server) }
        let ending = Flow.speak(events: ends, said: opening.said, routes: all, silences: [], at: Self.now)
        #expect(ending.notices.isEmpty)
        let last = Flow.speak(
            events: [try event(2, "d0.test", .close, shared: server)], said: ending.said, routes: all, silences: [],
            at: Self.now)
        #expect(last.notices.map(\.event) == [.close])
        #expect(last.notices.first?.domains.count == 500)
        #expect(last.said.threads.isEmpty)
    }

    @Test func domainsThatJoinAreToldTogether() throws {
        var speech = Flow.speak(
            events: [try event(1, "a.test", shared: server)], said: SaidLog(), routes: all, silences: [], at: Self.now)
        #expect(speech.notices.map(\.domains.count) == [1])
        let soon = Self.now.adding(seconds: 20)
        speech = Flow.speak(
            events: try ["b.test", "c.test"].map { try event(1, $0, shared: server) }, said: speech.said, routes: all,
            silences: [], at: soon)
        #expect(speech.notices.isEmpty)
        let due = try #require(speech.next)
        #expect(due <= Self.now.adding(seconds: 60))
        speech = Flow.speak(events: [], said: speech.said, routes: all, silences: [], at: due)
        #expect(speech.notices.map(\.domains.count) == [3])
        #expect(speech.notices.map(\.event) == [.update])
        #expect(speech.notices.map(\.incident) == ["a.test-1"])
        #expect(speech.next == nil)
        // The end names the domain that the opening named, whoever is well last.
        speech = Flow.speak(
            events: try ["a.test", "c.test", "b.test"].map { try event(2, $0, .close, shared: server) },
            said: speech.said, routes: all, silences: [], at: due)
        #expect(speech.notices.map(\.domain) == [try Name("a.test")])
    }

    @Test("a second outage of the same incidents is told as the first was, by notices of their own")
    func anotherOutage() throws {
        var said = SaidLog()
        var told: [String] = []
        for (outage, start) in [Int64(0), 600].enumerated() {
            func take(_ events: [IncidentEvent], at seconds: Int64) {
                let speech = Flow.speak(
                    events: events, said: said, routes: all, silences: [], at: Self.now.adding(seconds: start + seconds)
                )
                said = speech.said
                told += speech.notices.map(\.id)
            }
            let kind: IncidentEvent.Kind = outage == 0 ? .open : .update
            let number = outage * 2 + 1
            let names = ["a.test", "b.test"]
            take([try event(number, names[0], kind, shared: server)], at: 0)
            take([], at: 30)
            take([try event(number, names[1], kind, shared: server)], at: 40)
            take([], at: 120)
            take(try names.map { try event(number + 1, $0, .close, shared: server) }, at: 300)
        }
        #expect(told.count == 6, "\(told)")
        #expect(Set(told).count == told.count, "\(told)")
    }

    /// Two channels, one for each of two clients; three domains are watched besides the ones with events.
    private func speak(
        _ events: [IncidentEvent], _ said: SaidLog, at seconds: Int64, silences: [Silence] = []
    ) throws -> Speech {
        let tags = [try Name("a.test"): ["one"], try Name("b.test"): ["two"], try Name("c.test"): ["two"]]
        let kept = try JSONDecoder().decode(SaidLog.self, from: JSONEncoder().encode(said))
        return Flow.speak(
            events: events, said: kept,
            routes: [Route(channels: ["one"], tags: ["one"]), Route(channels: ["two"], tags: ["two"])],
            silences: silences, tags: tags, keepers: [], neighbours: 6, at: Self.now.adding(seconds: seconds))
    }

    @Test("the first message of a shared cause waits half a minute, a page as well, and names all by then")
    func firstMessageWaits() throws {
        var speech = try speak([try event(1, "b.test", shared: server, severity: .critical)], SaidLog(), at: 0)
        #expect(speech.notices.isEmpty && speech.next == Self.now.adding(seconds: 30))
        #expect(
            speech.tellings["b.test-1.1"]?.map(\.sentence) == [
                "sent over two together with other domains that share \(server); waits for them until "
                    + "\(Self.now.adding(seconds: 30).sentence)"
            ])
        speech = try speak(
            [try event(1, "a.test", shared: server), try event(1, "c.test", shared: server)], speech.said, at: 10)
        #expect(speech.notices.isEmpty && speech.next == Self.now.adding(seconds: 30))
        speech = try speak([], speech.said, at: 29)
        #expect(speech.notices.isEmpty)
        speech = try speak([], speech.said, at: 30)
        let told = speech.notices.map { "\($0.channel) \($0.event.rawValue) \($0.severity.rawValue)" }
        #expect(told == ["two open critical"])
        #expect(speech.notices.map(\.domains) == [[try Name("b.test"), try Name("c.test")]])
        #expect(speech.notices.first?.title == "t 2 domains share this cause: server ns1.heron.test.")
        speech = try speak([], speech.said, at: 40)
        #expect(speech.notices.map(\.domains) == [[try Name("a.test")]])
        #expect(speech.next == nil)
        // The end names the same, when the last one is well.
        speech = try speak([try event(2, "b.test", .close, shared: server)], speech.said, at: 50)
        #expect(speech.notices.isEmpty)
        #expect(
            speech.tellings["b.test-1.2"]?.map(\.sentence) == [
                "not sent over two yet: others still share \(server); the end is sent with the last of them"
            ])
        speech = try speak([try event(2, "c.test", .close, shared: server)], speech.said, at: 60)
        #expect(speech.notices.map(\.domains) == [[try Name("b.test"), try Name("c.test")]])
        #expect(speech.notices.map(\.event) == [.close])
    }

    @Test("a domain that is silenced while others wait takes none of them with it")
    func silencedWhileWaiting() throws {
        var speech = try speak(
            [try event(1, "b.test", shared: server)], SaidLog(), at: 0, silences: [try silence("b.test")])
        #expect(speech.notices.isEmpty && speech.said.threads.isEmpty)
        speech = try speak(
            [try event(1, "c.test", shared: server)], speech.said, at: 5, silences: [try silence("b.test")])
        speech = try speak([], speech.said, at: 35, silences: [try silence("b.test")])
        #expect(speech.notices.map(\.domains) == [[try Name("c.test")]])
    }

    @Test("what becomes something else while it waits is told as that, and others are not forgotten")
    func becomesSomethingElse() throws {
        var speech = try speak([try event(1, "b.test", shared: server)], SaidLog(), at: 0)
        let outage = try event(
            2, "b.test", .update, shared: "servers of heron.test.", severity: .critical, code: .serversSilent)
        var alone = try speak([outage], speech.said, at: 10)
        alone = try speak([], alone.said, at: 40)
        #expect(alone.notices.map(\.severity) == [.critical])
        speech = try speak([try event(1, "c.test", shared: server)], speech.said, at: 5)
        speech = try speak([outage], speech.said, at: 10)
        #expect(speech.notices.map(\.domains) == [[try Name("b.test"), try Name("c.test")]])
        speech = try speak([], speech.said, at: 40)
        #expect(speech.notices.map(\.severity) == [.critical])
    }

    @Test("nobody is waited for where all domains are in it, nor for ever where the clock was set back")
    func nobodyToWaitFor() throws {
        let first = try event(1, "a.test", shared: server)
        func speech(_ neighbours: Int, _ said: SaidLog, _ events: [IncidentEvent], at seconds: Int64) -> Speech {
            Flow.speak(
                events: events, said: said, routes: all, silences: [], neighbours: neighbours,
                at: Self.now.adding(seconds: seconds))
        }
        #expect(speech(1, SaidLog(), [first], at: 0).notices.count == 1)
        #expect(speech(2, SaidLog(), [first, try event(1, "b.test", shared: server)], at: 0).notices.count == 1)
        let waiting = speech(2, SaidLog(), [first], at: 0)
        #expect(waiting.notices.isEmpty)
        #expect(speech(2, waiting.said, [], at: -3600).notices.count == 1)
    }

    @Test("the end of a change that is normal by now is for those who keep a list of what is open")
    func settled() throws {
        let routes = [Route(channels: ["mail", "pager"], severity: .notice)]
        let opening = try event(1, "a.test", severity: .notice, class: .plannedChange, code: .recordChanged)
        var end = try event(2, "a.test", .close, severity: .notice, class: .plannedChange, code: .recordChanged)
        end.isSettled = true
        let said = Flow.speak(
            events: [opening], said: SaidLog(), routes: routes, silences: [], keepers: ["pager"], at: Self.now
        ).said
        let speech = Flow.speak(
            events: [end], said: said, routes: routes, silences: [], keepers: ["pager"], at: Self.now)
        #expect(speech.notices.map(\.channel) == ["pager"])
        #expect(
            speech.tellings["a.test-1.2"]?.map(\.sentence) == [
                "not sent over mail: it is normal by now, or its return was sent before",
                "goes to pager at once",
            ])
        #expect(speech.said.told.isEmpty)
    }

    @Test("what is wrong with the instrument is told once, however many domains it looks at")
    func theInstrumentIsToldOnce() throws {
        func event(_ domain: String) throws -> IncidentEvent {
            try self.event(1, domain, shared: "monitor", class: .monitorFault, code: .monitorIntercepted)
        }
        let first = Flow.speak(
            events: [try event("a.test")], said: SaidLog(), routes: all, silences: [], at: Self.now)
        #expect(first.notices.count == 1)
        let later = Flow.speak(
            events: try ["b.test", "c.test"].map(event), said: first.said, routes: all, silences: [],
            at: Self.now.adding(seconds: 3600))
        #expect(later.notices.isEmpty && later.next == nil)
    }

    @Test func aSilencedDomainTakesNoOtherWithIt() throws {
        let speech = Flow.speak(
            events: try ["a.test", "b.test"].map { try event(1, $0, shared: server) }, said: SaidLog(), routes: all,
            silences: [try silence("a.test")], at: Self.now)
        #expect(speech.notices.map(\.domains) == [[try Name("b.test")]])
        #expect(Array(speech.held.keys) == ["a.test-1.1"])
    }

    @Test func eachRouteHearsOfItsOwnDomains() throws {
        let tags = [try Name("a.test"): ["one"], try Name("b.test"): ["two"], try Name("c.test"): ["two"]]
        let routes = [Route(channels: ["one"], tags: ["one"]), Route(channels: ["two"], tags: ["two"])]
        let first = Flow.speak(
            events: [try event(1, "a.test", shared: server)], said: SaidLog(), routes: routes, silences: [],
            tags: tags, at: Self.now)
        #expect(first.notices.map(\.channel) == ["one"])
        let second = Flow.speak(
            events: try ["b.test", "c.test"].map { try event(1, $0, shared: server) }, said: first.said,
            routes: routes, silences: [], tags: tags, at: Self.now)
        #expect(second.notices.map(\.channel) == ["two"])
        #expect(second.notices.first?.domains == [try Name("b.test"), try Name("c.test")])
    }

    @Test func aMemberThatGetsWorseIsToldAtOnce() throws {
        let first = Flow.speak(
            events: [try event(1, "a.test", shared: server)], said: SaidLog(), routes: all, silences: [], at: Self.now)
        let worse = Flow.speak(
            events: [try event(1, "b.test", shared: server, severity: .critical)], said: first.said, routes: all,
            silences: [], at: Self.now)
        #expect(worse.notices.map(\.severity) == [.critical])
        #expect(worse.notices.first?.domains.count == 2)
    }

    @Test func aLogOfEarlierVersionsIsRead() throws {
        let text = #"{"groups":[{"key":"k"}],"told":{"a.test-1 ops":1}}"#
        let said = try JSONDecoder().decode(SaidLog.self, from: Data(text.utf8))
        let end = try event(2, "a.test", .close, shared: server)
        #expect(Flow.speak(events: [end], said: said, routes: all, silences: [], at: Self.now).notices.count == 1)
    }
}
