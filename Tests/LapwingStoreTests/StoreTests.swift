import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

enum Made {
    static let now = Timestamp(seconds: 1_790_000_000)

    static func incident(_ number: Int, of domain: Name) throws -> Incident {
        let at = now.milliseconds
        let text = """
            {"id": "\(domain)-\(number)", "domain": "\(domain)", "cause": "loss", "code": "record.lost",
            "incidentClass": "records-lost", "severity": "critical", "since": \(at), "openedAt": \(at), "lastFound": \(at),
            "text": {"headline": "gone", "facts": [], "grounds": []}, "changes": [], "paged": true,
            "clearing": {"absent": {"polls": 2}}, "holds": [], "missed": 0, "steps": [], "number": 1, "evidence": []}
            """
        return try JSONDecoder().decode(Incident.self, from: Data(text.utf8))
    }

    static func event(_ number: Int, of domain: Name, text: String = "t") -> IncidentEvent {
        IncidentEvent(
            id: "\(domain)-\(number).1", incident: "\(domain)-\(number)", kind: .open, code: .recordLost,
            incidentClass: .recordsLost, severity: .critical, page: true, domain: domain, subject: nil, title: text,
            text: text, changes: [], since: now, at: now, shared: nil)
    }

    /// A round in which something was lost.
    static func round(
        _ number: Int, of domain: Name, at moment: Timestamp = now, text: String = "t"
    ) throws -> RoundRecord {
        var state = WatchState()
        state.learntAt = moment
        state.rounds = number
        state.book.next = number + 1
        state.book.open = [try incident(number, of: domain)]
        var outcome = RoundOutcome(state: state)
        outcome.events = [event(number, of: domain, text: text)]
        let sighting = Sighting(
            source: "parent", key: RecordSetKey(domain, .ns), values: ["ns\(number).example."], ttl: 300)
        return RoundRecord(domain: domain, at: moment, sightings: [sighting], outcome: outcome, keepsState: true)
    }

    static func silence(_ domain: Name, _ incidentClass: IncidentClass? = nil, reason: String = "") -> Silence {
        Silence(
            id: 0, domain: domain, incidentClass: incidentClass, from: now, to: now.adding(seconds: 9), reason: reason)
    }

    static func speak(_ store: Store) throws {
        try store.speak(at: now, due: nil) { events, released, said in
            Flow.speak(
                events: events, released: released, said: said,
                routes: [Route(channels: ["ops"], severity: .notice)], silences: [], at: now)
        }
    }
}

@Suite struct StoreFaultTests {
    let a: Name
    let b: Name

    init() throws {
        a = try Name("a.example")
        b = try Name("b.example")
    }

    @Test(
        "a full store: told once from memory, and in the file when there is room again", arguments: StoreKind.allCases)
    func full(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        try store.commit(try Made.round(1, of: a))
        try Made.speak(store)
        try store.setFull(true)
        // Large, so that it does not fit into a page that is there already.
        try store.commit(try Made.round(1, of: b, text: String(repeating: "x", count: 100_000)))
        #expect(store.trouble?.reason.contains(kind.full) == true)
        #expect(folder.news.texts.count == 1)
        try Made.speak(store)
        try Made.speak(store)
        let due = try store.due(at: Made.now)
        // The one that waited in the file, and the one that never got there.
        #expect(Set(due.map(\.notice.domain)) == [a, b] && due.count == 2)
        for entry in due { try store.finish(notice: entry.notice.id, receipt: "200", at: Made.now) }
        #expect(try store.due(at: Made.now.adding(seconds: 86_400)).isEmpty)
        guard case .state(let state, _) = try store.recall(b, at: Made.now) else {
            Issue.record("the memory is lost")
            return
        }
        #expect(state.rounds == 1)
        #expect(try store.incident("\(b)-1") != nil)
        store.recover()
        #expect(store.trouble != nil)
        try store.setFull(false)
        store.recover()
        #expect(store.trouble == nil)
        #expect(try store.number("SELECT count(*) FROM incident") == 2)
        #expect(try store.number("SELECT count(*) FROM incident_event WHERE spoken IS NOT NULL") == 2)
        #expect(try store.number("SELECT count(*) FROM notice WHERE finished IS NOT NULL AND attempts = 1") == 2)
        #expect(try store.records(of: b).map(\.values) == [["ns1.example."]])
        try Made.speak(store)
        #expect(try store.due(at: Made.now.adding(seconds: 86_400)).isEmpty, "nothing is told again")
        #expect(try store.state(of: b)?.rounds == 1)
    }

    @Test("what waits in a file that cannot be written any more is delivered once", arguments: StoreKind.allCases)
    func fullWhileWaiting(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        try store.commit(try Made.round(1, of: a))
        try Made.speak(store)
        let due = try store.due(at: Made.now)
        #expect(due.count == 1)
        // The receipt is what does not fit.
        try store.setFull(true)
        try store.finish(notice: due[0].notice.id, receipt: String(repeating: "x", count: 100_000), at: Made.now)
        #expect(store.trouble != nil)
        try Made.speak(store)
        #expect(try store.due(at: Made.now.adding(seconds: 9)).isEmpty)
        try store.setFull(false)
        store.recover()
        #expect(try store.number("SELECT count(*) FROM notice WHERE finished IS NOT NULL") == 1)
    }

    @Test("a command does not pretend: where the file is full it fails", arguments: StoreKind.allCases)
    func fullForCommands(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        try store.setFull(true)
        #expect(throws: (any Error).self) {
            try store.add(Made.silence(a, reason: String(repeating: "x", count: 100_000)))
        }
        #expect(store.trouble == nil)
    }

    @Test("one bad row costs one row", arguments: StoreKind.allCases)
    func badRows(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        for number in 1...3 { try store.commit(try Made.round(number, of: a)) }
        try store.add(.check, domain: a, at: Made.now)
        try store.add(.check, domain: b, at: Made.now)
        for silence in [Made.silence(a), Made.silence(b, .zoneStale), Made.silence(b)] { _ = try store.add(silence) }
        try store.keep(added: a, options: "{}", at: Made.now)
        try store.keep(added: b, options: "{}", at: Made.now)
        for statement in [
            "UPDATE incident SET document = '{}' WHERE id = 'a.example.-1'",
            "UPDATE incident SET document = replace(document, '1790000000000', '9223372036854775807') WHERE id = 'a.example.-2'",
            "UPDATE incident_event SET document = '{]' WHERE id = 2",
            "UPDATE request SET domain = 'a..b' WHERE id = 1",
            "UPDATE silence SET domain = 'a..b' WHERE id = 1",
            "UPDATE silence SET class = 'no-such-class' WHERE id = 2",
            "UPDATE sighting SET began = 9223372036854775807 WHERE id = 1",
            "UPDATE domain SET name = 'x..y' WHERE name = 'b.example.'",
        ] { try store.execute(statement) }
        #expect(try store.openIncidents().map(\.id) == ["a.example.-3"])
        #expect(try store.incidents(limit: 1).map(\.id) == ["a.example.-3"], "a page is full as long as there are more")
        try Made.speak(store)
        #expect(try store.due(at: Made.now).count == 2)
        #expect(try store.waitingRequests().map(\.id) == [2])
        #expect(try store.silences(at: Made.now).map(\.id) == [3], "none that covers more than was meant")
        #expect(try store.history(of: a).count == 2)
        #expect(try store.addedDomains().map(\.domain) == [a])
        try store.execute("UPDATE notice SET document = '[' WHERE id = (SELECT min(id) FROM notice)")
        #expect(try store.due(at: Made.now).count == 1)
        #expect(try store.due(at: Made.now).count == 1)
        #expect(folder.news.unreadable.count == 9, "each is told once: \(folder.news.unreadable)")
        #expect(try store.number("SELECT count(*) FROM unreadable") == 9)
        #expect(try store.conditions().count == 1)
    }

    static let hostile = [
        "'{}'", "''", "'[]'", "X'00ff'", "12", "'{\"version\":99}'", "1e300",
        "replace(CAST(state AS TEXT), '1790000000000', '9223372036854775807')",
        "replace(CAST(state AS TEXT), '\"rounds\":2', '\"rounds\":9223372036854775807')",
        "replace(CAST(state AS TEXT), '\"rounds\":2', '\"rounds\":1e18')",
        "replace(CAST(state AS TEXT), '\"rounds\":2', '\"rounds\":-9223372036854775808')",
        "substr(CAST(state AS TEXT), 1, 100)",
    ]

    @Test(
        "a memory that cannot be read is told, kept aside, and its open incidents stay open", arguments: hostile,
        StoreKind.allCases)
    func lostMemory(_ value: String, _ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        try store.commit(try Made.round(2, of: a))
        try store.commit(try Made.round(7, of: b))
        // As the first form had it.
        let whole = try JSONEncoder().encode(try Made.round(2, of: a).outcome.state)
        try store.database.write { database in
            try database.execute("DELETE FROM memory WHERE domain = 'a.example.'")
            try database.execute("UPDATE domain SET state = ? WHERE name = 'a.example.'", [whole])
        }
        guard case .state(_, nil) = try store.recall(a, at: Made.now) else {
            Issue.record("the first form cannot be read")
            return
        }
        try store.execute("UPDATE domain SET state = \(value) WHERE name = 'a.example.'")
        try expectLoss(of: a, in: store, folder, "\(value)")
    }

    static let hostileParts = [
        "form = 3", "form = 'x'", "body = ''", "body = X'00'", "body = X'00000002789c0000'", "body = 12",
        "body = X'7fffffff789c0000'", "body = substr(body, 1, length(body) - 3)", "part = 'other'",
        "body = (SELECT body FROM memory WHERE domain = 'a.example.' AND part = 'registry')",
    ]

    @Test("the same for one part of a memory", arguments: hostileParts, StoreKind.allCases)
    func lostPart(_ change: String, _ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        try store.commit(try Made.round(2, of: a))
        try store.commit(try Made.round(7, of: b))
        try store.execute("UPDATE memory SET \(change) WHERE domain = 'a.example.' AND part = 'course'")
        try expectLoss(of: a, in: store, folder, change)
        #expect(store.examine().faultCount == 1 || change.hasPrefix("body = (SELECT"), "\(store.examine().faults)")
    }

    @Test(
        "an incident of the book whose row cannot be read is told, and the rest of the memory stays",
        arguments: StoreKind.allCases)
    func lostIncident(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        try store.commit(try Made.round(2, of: a))
        try store.execute("UPDATE incident SET document = '{' WHERE domain = 'a.example.'")
        guard case .state(let state, _) = try store.recall(a, at: Made.now) else {
            Issue.record("the memory is lost")
            return
        }
        #expect(state.rounds == 2 && state.book.open.isEmpty && state.book.next == 3)
        #expect(folder.news.unreadable == ["incident a.example.-2"])
    }

    private func expectLoss(of a: Name, in store: Store, _ folder: StoreFolder, _ value: String) throws {
        guard case .lost(let open, let next) = try store.recall(a, at: Made.now) else {
            Issue.record("not told: \(value)")
            return
        }
        #expect(open.map(\.id) == ["a.example.-2"] && next == 3)
        #expect(folder.news.unreadable == ["domain a.example."])
        #expect(try store.number("SELECT count(*) FROM unreadable WHERE source = 'domain'") == 1)
        guard case .state = try store.recall(b, at: Made.now) else {
            Issue.record("another one is lost too")
            return
        }
        let state = WatchState(afterLossAt: Made.now, open: open, nextIncident: next)
        #expect(state.book.open.count == 1 && state.lostAt == Made.now)
    }

    @Test("one keeper at a time, commands beside it, and the lock goes with it")
    func lock() throws {
        let folder = try StoreFolder()
        var keeper: Store? = try folder.open()
        let link = folder.path + "/link.db"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.file)
        for path in [folder.file, link] {
            do {
                _ = try Store(path: path, role: .keeper)
                Issue.record("two keepers of \(path)")
            } catch Store.Failure.inUse(_, let process) {
                #expect(process == "process \(ProcessInfo.processInfo.processIdentifier)")
            }
        }
        try folder.open(.visitor).add(.check, domain: a, at: Made.now)
        #expect(try keeper?.waitingRequests().count == 1)
        keeper = nil
        _ = try folder.open()
    }

    @Test("a store of a newer version is refused in words", arguments: StoreKind.allCases)
    func newer(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        try folder.open().execute(
            "INSERT INTO \(kind == .sqlite ? "grdb_migrations" : "migration") VALUES ('of the future')")
        for role in [Store.Role.keeper, .visitor, .reader] {
            do {
                _ = try folder.open(role)
                Issue.record("opened")
            } catch {
                #expect("\(error)".contains("newer version"))
            }
        }
    }

    @Test("old rows go in small steps; what is open or waits stays, and memory", arguments: StoreKind.allCases)
    func retention(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        let old = Made.now.adding(seconds: -500 * 86_400)
        for number in 1...3 { try store.commit(try Made.round(number, of: a, at: old)) }
        try store.execute("UPDATE incident_event SET spoken = \(old.milliseconds)")
        try store.execute("UPDATE incident SET closed = \(old.milliseconds) WHERE id != 'a.example.-3'")
        for number in 0..<1200 {
            try store.execute(
                "INSERT INTO change (domain, name, type, at, document) VALUES ('a', 'a', 1, \(old.milliseconds + Int64(number)), '')"
            )
        }
        func notice(_ id: Int, _ incident: String, _ finished: String) throws {
            try store.execute(
                "INSERT INTO notice VALUES ('n\(id)', 'ops', '\(incident)', 1, '{}', 0, 1, \(finished), NULL)")
        }
        try notice(1, "a.example.-1", "\(old.milliseconds)")
        try notice(2, "a.example.-2", "NULL")
        try notice(3, "a.example.-3", "\(old.milliseconds)")
        let limit = Made.now.adding(seconds: -400 * 86_400)
        var steps: [Int] = []
        while let last = try store.forgetSome(before: limit) as Int?, last > 0 { steps.append(last) }
        #expect(steps.max() == 500)
        #expect(try store.number("SELECT count(*) FROM change") == 0)
        #expect(try store.number("SELECT count(*) FROM sighting") == 1, "what is served now stays")
        #expect(try store.number("SELECT count(*) FROM notice") == 2)
        #expect(try store.number("SELECT count(*) FROM notice WHERE id = 'n1'") == 0)
        #expect(try store.number("SELECT count(*) FROM incident WHERE id = 'a.example.-1'") == 0)
        #expect(try store.number("SELECT count(*) FROM incident") == 2, "the open one, and one of which a notice waits")
        #expect(try store.number("SELECT count(*) FROM incident_event WHERE incident = 'a.example.-3'") == 1)
        #expect(try store.state(of: a) != nil)
    }

    @Test("what waits moves along with the wall clock", arguments: StoreKind.allCases)
    func movedClock(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        try store.commit(try Made.round(1, of: a))
        try Made.speak(store)
        let id = try #require(try store.due(at: Made.now).first).notice.id
        try store.postpone(notice: id, until: Made.now.adding(seconds: 60), reason: "503")
        try store.moveWaiting(bySeconds: -2 * 86_400)
        let back = Made.now.adding(seconds: -2 * 86_400)
        #expect(try store.due(at: back.adding(seconds: 59)).isEmpty)
        let entry = try #require(try store.due(at: back.adding(seconds: 60)).first)
        #expect(entry.created == back)
        try store.hurryWaiting(after: back.adding(seconds: 30), at: back)
        #expect(try store.due(at: back).count == 1)
    }
}
