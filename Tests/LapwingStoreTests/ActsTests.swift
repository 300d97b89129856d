import DNSWire
import LapwingCore
import LapwingStore
import Testing

@Suite("What people did, and what became of events") struct ActsTests {
    let domain: Name
    let store: Store
    private let kind: StoreKind

    init(_ kind: StoreKind) throws {
        domain = try Name("a.example")
        store = try kind.store()
        self.kind = kind
    }

    private func speak(_ silences: [Silence] = [], at now: Timestamp = Made.now) throws -> Timestamp? {
        var route = Route.standard(["ops"], digest: .standard)
        route.severity = .critical
        let routes = [route]
        return try store.speak(at: now, due: .earliest) { events, released, said in
            Flow.speak(
                events: events, released: released, said: said, routes: routes, silences: silences, at: now)
        }
    }

    @Test(arguments: StoreKind.allCases) static func whyAnEventWasToldOrNotIsKeptWithIt(_ kind: StoreKind) throws {
        try Self(kind).whyAnEventWasToldOrNotIsKeptWithIt()
    }

    private func whyAnEventWasToldOrNotIsKeptWithIt() throws {
        try store.commit(try Made.round(1, of: domain))
        let silence = Silence(id: 7, domain: domain, from: Made.now, to: Made.now.adding(seconds: 60))
        #expect(try store.tellings(of: "\(domain)-1").map { $0.tellings } == [nil])
        _ = try speak([silence])
        #expect(
            try store.tellings(of: "\(domain)-1").map { $0.tellings } == [
                [Telling(.silenced, until: silence.to, by: "silence 7")]
            ])
        _ = try speak(at: silence.to)
        #expect(try store.tellings(of: "\(domain)-1").map { $0.tellings } == [[Telling(.told, channel: "ops")]])
    }

    @Test("a digest survives a restart and is sent once", arguments: StoreKind.allCases)
    static func digest(_ kind: StoreKind) throws { try Self(kind).digest() }

    private func digest() throws {
        let folder = try StoreFolder(kind)
        var due: Timestamp?
        do {
            let store = try folder.open()
            var record = try Made.round(1, of: domain)
            record.outcome.events[0].severity = .notice
            record.outcome.events[0].code = .ttlLow
            record.outcome.events[0].incidentClass = .ttlAnomaly
            record.outcome.events[0].page = false
            try store.commit(record)
            due = try ActsTests(store).speak()
        }
        let moment = try #require(due)
        let again = try folder.open()
        for _ in 0..<2 { _ = try ActsTests(again).speak(at: moment) }
        let sent = try again.due(at: moment)
        #expect(sent.map(\.notice.purpose) == [.digest])
        #expect(sent.first?.notice.text.contains("\(domain)-1") == true)
    }

    private init(_ store: Store) throws {
        domain = try Name("a.example")
        self.store = store
        kind = .sqlite
    }

    @Test(arguments: StoreKind.allCases) static func eachActIsPartOfTheStory(_ kind: StoreKind) throws {
        try Self(kind).eachActIsPartOfTheStory()
    }

    private func eachActIsPartOfTheStory() throws {
        try store.commit(try Made.round(1, of: domain))
        let id = "\(domain)-1"
        let until = Made.now.adding(seconds: 3600)
        try store.acknowledge(
            Acknowledgement(incident: id, person: "anna", at: Made.now, until: until, severity: .critical),
            domain: domain)
        try store.add(.accept, domain: domain, incident: id, by: "ben", at: Made.now)
        let silence = try store.add(Made.silence(domain, .recordsLost, reason: "known"), by: "eve", incident: id)
        try store.endSilence(silence.id, by: "eve", at: Made.now.adding(seconds: 1))
        #expect(
            try store.acts(of: id).map(\.sentence) == [
                "acknowledged by anna: until \(until.sentence)", "accepted by ben",
                "silenced by eve: records-lost of a.example. until \(silence.to.sentence) (known), silence 1",
            ])
        #expect(try store.acts(after: 3).map(\.sentence) == ["silence ended by eve: silence 1"])
        #expect(try store.lastAct() == 4)
        #expect(try store.acknowledgements(at: Made.now).map(\.person) == ["anna"])
        #expect(try store.acknowledgements(of: "other", at: Made.now).isEmpty)
        #expect(try store.acknowledgements(at: until).isEmpty, "it ends by itself")
    }

    @Test(
        "a silence of one record comes back as it was, and covers nothing when half of it is lost",
        arguments: StoreKind.allCases)
    static func silenceOfARecord(_ kind: StoreKind) throws { try Self(kind).silenceOfARecord() }

    private func silenceOfARecord() throws {
        var wanted = Made.silence(domain)
        wanted.record = RecordSetKey(try Name("www.a.example"), .a)
        let kept = try store.add(wanted, by: "eve")
        #expect(try store.silences(at: Made.now) == [kept] && kept.record == wanted.record)
        #expect(try store.acts(after: 0).first?.text.hasPrefix("www.a.example. A of a.example. until ") == true)
        try store.execute("UPDATE silence SET type = NULL")
        #expect(try store.silences(at: Made.now).isEmpty)
    }

    @Test(arguments: StoreKind.allCases) static func announcedWindowsComeBackAsTheyWere(_ kind: StoreKind) throws {
        try Self(kind).announcedWindowsComeBackAsTheyWere()
    }

    private func announcedWindowsComeBackAsTheyWere() throws {
        let clock = LocalClock(zone: "Europe/Berlin", settings: [.init(from: 0, offset: 3600)])
        let to = Made.now.adding(seconds: 3600)
        var window = MaintenanceWindow(from: Made.now, to: to, covers: [.a, .mx], reason: "new host")
        let once = try store.add(AnnouncedWindow(domain: domain, window: window, person: "anna"), at: Made.now)
        window.recurrence = try Recurrence("FREQ=DAILY;INTERVAL=3", from: Made.now, to: to, clock: clock)
        window.covers = nil
        let again = try store.add(AnnouncedWindow(domain: nil, window: window, person: "ben"), at: Made.now)
        #expect(try store.announcements(at: Made.now) == [once, again])
        #expect(try store.announcements(at: to) == [again])
        #expect(try store.withdraw(announcement: again.id, by: "ben", at: to))
        #expect(try !store.withdraw(announcement: again.id, by: "ben", at: to))
        #expect(try store.announcements(at: to).isEmpty)
        #expect(try store.acts(after: 0).map(\.kind) == [.announce, .announce, .withdraw])
    }

    @Test(arguments: StoreKind.allCases) static func theKeyOfLinksStaysTheSame(_ kind: StoreKind) throws {
        try Self(kind).theKeyOfLinksStaysTheSame()
    }

    private func theKeyOfLinksStaysTheSame() throws {
        let key = try store.linkKey { [UInt8](repeating: 1, count: 32) }
        #expect(try store.linkKey { [UInt8](repeating: 2, count: 32) } == key)
        #expect(key == [UInt8](repeating: 1, count: 32))
    }
}
