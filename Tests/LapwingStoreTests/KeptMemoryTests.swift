import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

/// Memory is kept in parts, each written only when it is another.
@Suite struct KeptMemoryTests {
    private let domain: Name

    init() throws { domain = try Name("a.example") }

    /// The forms are in the store; what a part holds does not matter.
    private func versions(_ store: Store) throws -> [String: Data] {
        try store.database.read { database in
            let rows =
                try database.rows("SELECT part, body FROM memory") + database.rows("SELECT id, document FROM incident")
            return Dictionary(
                uniqueKeysWithValues: rows.map { (String(stored: $0[0]) ?? "", Data(stored: $0[1]) ?? Data()) })
        }
    }

    @Test("every property of a memory is in one part")
    func parts() {
        func labels(_ value: Any) -> Set<String> { Set(Mirror(reflecting: value).children.compactMap(\.label)) }
        let state = WatchState()
        let parts = [
            labels(state.course), labels(state.sources), labels(state.security), ["sets", "registry", "book"],
        ]
        let all = parts.reduce(Set()) { $0.union($1) }
        #expect(parts.map(\.count).reduce(0, +) == all.count, "one is in two")
        #expect(labels(state).subtracting(all) == ["version", "verdicts"])
        #expect(labels(state).isSuperset(of: all))
    }

    @Test("what is the same is not written again, and what is another is", arguments: StoreKind.allCases)
    func changes(_ kind: StoreKind) throws {
        let store = try kind.store()
        var record = try Made.round(2, of: domain)
        let kept = try #require(try store.commit(record))
        try store.execute("UPDATE memory SET body = X'00' WHERE part != 'course'")
        try store.execute("UPDATE incident SET document = 'untouched'")
        record.kept = kept
        record.outcome.state.rounds += 1
        record.outcome.events = []
        _ = try store.commit(record)
        let versions = try versions(store)
        #expect(versions["sets"] == Data([0]) && versions["book"] == Data([0]))
        #expect(versions["a.example.-2"] == Data("untouched".utf8))
        #expect((versions["course"]?.count ?? 0) > 10)
    }

    @Test("where nobody knows what is there, all is written", arguments: StoreKind.allCases)
    func unknown(_ kind: StoreKind) throws {
        let store = try kind.store()
        let record = try Made.round(2, of: domain)
        _ = try store.commit(record)
        try store.execute("UPDATE memory SET body = X'00'")
        _ = try store.commit(record)
        #expect(try store.state(of: domain) == record.outcome.state)
    }

    @Test("an incident that the book lets go becomes history, and only then grows old", arguments: StoreKind.allCases)
    func release(_ kind: StoreKind) throws {
        let store = try kind.store()
        var record = try Made.round(2, of: domain)
        record.outcome.state.book.open[0].closedAt = Made.now
        record.outcome.state.book.closed = record.outcome.state.book.open
        record.outcome.state.book.open = []
        record.kept = try store.commit(record)
        try store.speak(at: Made.now, due: nil) { _, _, said in
            Flow.speak(
                events: [], released: [], said: said, routes: [], silences: [], at: Made.now)
        }
        try store.execute("DELETE FROM incident_event")
        let later = Made.now.adding(seconds: 400 * 86_400)
        while try store.forgetSome(before: later) > 0 {}
        #expect(try store.state(of: domain)?.book.closed.map(\.id) == ["a.example.-2"])
        record.outcome.state.book.closed = []
        record.outcome.events = []
        _ = try store.commit(record)
        #expect(try store.incident("a.example.-2") != nil)
        while try store.forgetSome(before: later) > 0 {}
        #expect(try store.incident("a.example.-2") == nil)
    }

    @Test("a text of any length comes back, and is smaller", arguments: StoreKind.allCases)
    func size(_ kind: StoreKind) throws {
        let store = try kind.store()
        var record = try Made.round(2, of: domain)
        record.outcome.state.announcements = (0..<3000).map {
            Announcement(from: Made.now, to: Made.now, subjects: ["A"], before: ["192.0.2.\($0)"])
        }
        _ = try store.commit(record)
        #expect(try store.state(of: domain) == record.outcome.state)
        #expect(try store.number("SELECT max(length(body)) FROM memory") < 40_000)
    }
}
