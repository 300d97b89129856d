import DNSWire
import Foundation
import GRDB
import LapwingCore
import LapwingStore
import Testing

/// A store that an older version wrote is brought up to date, and nothing in it is lost.
@Suite struct OlderStoreTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/stores")
    static let forms: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: fixtures.path())) ?? []).filter { $0.hasSuffix(".sql") }

    @Test("there is an older form to read")
    func formsAreFound() { #expect(Self.forms.contains("first.sql")) }

    /// Makes the file as it was written then.
    private func write(_ form: String, to path: String) throws {
        let statements = try String(contentsOf: Self.fixtures.appending(path: form), encoding: .utf8)
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: statements) }
        try queue.close()
    }

    @Test("everything in it is there afterwards", arguments: forms)
    func migration(_ form: String) throws {
        let folder = try StoreFolder()
        try write(form, to: folder.file)
        let store = try folder.open()
        let old = try Name("old.example")
        guard case .state(let state, _) = try store.recall(old, at: Made.now) else {
            Issue.record("the memory is lost: \(folder.news.texts)")
            return
        }
        #expect(state.rounds == 288 && state.learntAt != nil)
        #expect(state.book.open.map(\.id) == ["old.example-2"] && state.book.closed.map(\.id) == ["old.example-1"])
        #expect(state.delegation.hosts.map(\.name) == [try Name("ns1.example.net")])
        #expect(try store.openIncidents().map(\.id) == ["old.example-2"])
        #expect(try store.incident("old.example-1")?.closedAt == Made.now.adding(seconds: 60))
        #expect(try store.history(of: old).count == 2)
        #expect(try store.records(of: old).map(\.values) == [["ns1.example.net."]])
        #expect(try store.changes(of: old).map(\.change.old) == [["192.0.2.9"]])
        #expect(try store.addedDomains().map(\.domain) == [try Name("added.example")])
        #expect(try store.waitingRequests().map(\.text) == ["ann"])
        #expect(try store.notes(of: "old.example-1").map(\.text) == ["called the registrar"])
        let silences = try store.silences(at: Made.now)
        #expect(silences.map(\.incidentClass) == [.recordsLost] && silences.map(\.code) == [nil])
        #expect(folder.news.unreadable.isEmpty, "\(folder.news.texts)")
        // The next round that writes it brings it into the present form, and nothing in it is another.
        try store.commit(
            RoundRecord(
                domain: old, at: Made.now, sightings: [], outcome: RoundOutcome(state: state), keepsState: true))
        #expect(try store.number("SELECT count(*) FROM domain WHERE state IS NOT NULL") == 0)
        #expect(try folder.open(.visitor).state(of: old) == state)
    }

    @Test("what waited to be told is told once, and what was told is not told again", arguments: forms)
    func outbox(_ form: String) throws {
        let folder = try StoreFolder()
        try write(form, to: folder.file)
        let store = try folder.open()
        try Made.speak(store)
        try Made.speak(store)
        let waiting = try store.due(at: Made.now.adding(seconds: 60))
        #expect(waiting.map(\.notice.incident).sorted() == ["old.example-1", "old.example-2"])
        #expect(waiting.first { $0.notice.incident == "old.example-1" }?.attempts == 2)
        #expect(Set(waiting.map(\.notice.id)).count == waiting.count)
    }

    @Test("it is brought up to date once, and a reader takes it as it is", arguments: forms)
    func twice(_ form: String) throws {
        let folder = try StoreFolder()
        try write(form, to: folder.file)
        // A reader changes nothing, and finds nothing wrong.
        #expect(try folder.open(.reader).examine().faults == [])
        _ = try folder.open()
        let steps = try folder.open(.visitor).number("SELECT count(*) FROM grdb_migrations")
        #expect(steps > 1)
        #expect(try folder.open(.visitor).number("SELECT count(*) FROM grdb_migrations") == steps)
        #expect(try folder.open(.reader).openIncidents().count == 1)
    }

    @Test("old rows of an older form go like others", arguments: forms)
    func retention(_ form: String) throws {
        let folder = try StoreFolder()
        try write(form, to: folder.file)
        let store = try folder.open()
        while try store.forgetSome(before: Made.now.adding(seconds: 400 * 86_400)) > 0 {}
        #expect(try store.openIncidents().map(\.id) == ["old.example-2"])
        #expect(try store.state(of: Name("old.example"))?.rounds == 288)
        #expect(try store.number("SELECT count(*) FROM notice WHERE finished IS NULL") == 1)
        #expect(try store.number("SELECT count(*) FROM incident_event WHERE spoken IS NULL") == 1)
        #expect(try store.number("SELECT count(*) FROM change") == 0)
    }
}
