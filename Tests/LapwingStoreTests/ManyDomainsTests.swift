import DNSWire
import LapwingCore
import LapwingStore
import Testing

@Suite("Many domains at once")
struct ManyDomainsTests {
    private static let now = Timestamp(seconds: 1_790_000_000)

    @Test("are kept with their source, and dropped, in one transaction", arguments: StoreKind.allCases)
    func kept(_ kind: StoreKind) throws {
        let store = try kind.store()
        let names = try ["a.example.", "b.example.", "c.example."].map { try Name($0) }
        try store.keep(
            added: names.map { AddedDomain(domain: $0, options: "{}", source: "zones") }, at: Self.now)
        try store.keep(
            added: [AddedDomain(domain: names[0], options: #"{"interval": "1m"}"#)], dropping: [names[1]], at: Self.now)
        let entries = try store.addedEntries()
        #expect(entries.map(\.domain) == [names[0], names[2]])
        #expect(entries.map(\.options) == [#"{"interval": "1m"}"#, "{}"])
        #expect(
            entries.map(\.source) == ["zones", "zones"], "what a person says of it does not change where it came from")
    }

    @Test("nothing of it is there when a part cannot be written", arguments: StoreKind.allCases)
    func whole(_ kind: StoreKind) throws {
        let store = try kind.store()
        try store.execute(
            kind == .sqlite
                ? """
                CREATE TRIGGER refused BEFORE INSERT ON domain WHEN NEW.name = 'b.example.'
                BEGIN SELECT RAISE(ABORT, 'no'); END
                """ : "ALTER TABLE domain ADD CHECK (name != 'b.example.')")
        let entries = try ["a.example.", "b.example."].map { AddedDomain(domain: try Name($0), options: "{}") }
        #expect(throws: DatabaseFault.self) { try store.keep(added: entries, at: Self.now) }
        #expect(try store.addedEntries().isEmpty)
    }

    @Test("what cannot be read of the history is passed over in an export", arguments: StoreKind.allCases)
    func history(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open(.visitor)
        try store.database.write { database in
            for (name, data) in [("a.example.", "[\"192.0.2.1\"]"), ("b.example.", "no"), ("c.example.", "[]")] {
                try database.execute(
                    """
                    INSERT INTO sighting (domain, source, name, type, data, began)
                    VALUES (?, 'resolver x', ?, 1, ?, 1790000000000)
                    """, [name, name, data])
            }
        }
        var found: [String] = []
        try store.eachSighting { domain, entry in found.append("\(domain) \(entry.values ?? [])") }
        #expect(found == [#"a.example. ["192.0.2.1"]"#, "c.example. []"])
        #expect(folder.news.unreadable.count == 1)
        try store.eachIncident { _ in Issue.record("there is none") }
        try store.eachChange { _ in Issue.record("there is none") }
    }
}
