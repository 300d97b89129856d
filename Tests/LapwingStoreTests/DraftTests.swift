import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

/// What was made ready beforehand is written as if it were made when it is written.
@Suite struct DraftTests {
    private let domain: Name

    init() throws { domain = try Name("A.example") }

    private func rows(_ store: Store) throws -> [String] {
        try store.database.read { database in
            // The texts of memory have no order.
            let tables = ["domain", "incident", "incident_event", "change", "sighting", "registration"]
            return try (tables + ["(SELECT domain, part, form FROM memory)"]).flatMap { table in
                try database.rows("SELECT '\(table)', rows.* FROM \(table) AS rows ORDER BY 2, 3").map {
                    "\($0.values)"
                }
            }
        }
    }

    /// Rounds one after the other: the second says the same, the third something else, the fourth the same about less.
    private func rounds() throws -> [RoundRecord] {
        let values = [["192.0.2.1", "192.0.2.2"], ["192.0.2.1", "192.0.2.2"], ["192.0.2.3"], ["192.0.2.3"]]
        return try values.enumerated().map { number, values in
            let at = Made.now.adding(seconds: Int64(number) * 60)
            var record = try Made.round(2, of: domain, at: at)
            record.sightings += ["one", "two"].map {
                Sighting(source: "resolver \($0)", key: RecordSetKey(domain, .a), values: values)
            }
            if number == 3 { record.sightings.removeLast() }
            record.outcome.state.rounds = number + 1
            if number > 0 { record.outcome.events = [] }
            record.keepsState = number != 1
            return record
        }
    }

    @Test("the rows are the same", arguments: [true, false], StoreKind.allCases)
    func same(keepsMore: Bool, _ kind: StoreKind) throws {
        let (plain, drafted) = (try kind.store(), try kind.store())
        var (plainKept, kept): (KeptMemory?, KeptMemory?)
        var hash: Int?
        for record in try rounds() {
            var record = record
            record.kept = plainKept
            plainKept = try plain.commit(record)
            record.kept = kept
            // Where it was thought of otherwise than it came, what is missing is made then.
            record.draft = RoundDraft(
                record.outcome, sightings: record.sightings, unless: keepsMore ? nil : hash,
                keepsState: keepsMore || !record.keepsState, beside: kept)
            hash = record.draft?.hash
            kept = try drafted.commit(record)
            #expect(try rows(plain) == rows(drafted))
            #expect(try plain.state(of: domain) == drafted.state(of: domain))
            #expect(plainKept == kept)
        }
        #expect(try plain.number("SELECT count(*) FROM sighting WHERE ended IS NOT NULL") == 2)
    }

    @Test("a draft that was made beside a memory of another place is written whole", arguments: StoreKind.allCases)
    func otherPlace(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        var record = try rounds()[0]
        let kept = try #require(try store.commit(record))
        record.outcome.state.rounds += 1
        record.draft = RoundDraft(
            record.outcome, sightings: record.sightings, unless: nil, keepsState: true, beside: kept)
        record.kept = kept
        try store.setFull(true)
        let big = String(repeating: "x", count: 1 << 20)
        _ = try store.commit(try Made.round(3, of: try Name("b.example"), text: big))
        #expect(store.trouble != nil)
        let moved = try #require(try store.commit(record))
        #expect(moved != kept)
        #expect(try store.state(of: domain) == record.outcome.state)
        try store.setFull(false)
        store.recover()
        #expect(store.trouble == nil)
        #expect(try store.state(of: domain) == record.outcome.state)
    }

    @Test(
        "values are kept as the encoder writes them",
        arguments: [
            [], [""], ["192.0.2.1"], ["a", "b", "c"], [#""v=spf1 -all" "x\\y""#, "/slash/"], ["\u{7F}", "\t", "\u{0}"],
            ["bücher", "日本"], ["a\u{2028}b", "~ !#$%&'()*+,-./:;<=>?@[]^_`{|}"], [#"\"#, #"""#],
        ], StoreKind.allCases)
    func values(_ values: [String], _ kind: StoreKind) throws {
        let store = try kind.store()
        let sighting = Sighting(source: "parent", key: RecordSetKey(domain, .txt), values: values)
        _ = try store.commit(
            RoundRecord(
                domain: domain, at: Made.now, sightings: [sighting], outcome: RoundOutcome(state: WatchState()),
                keepsState: false))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let expected = String(decoding: try encoder.encode(values), as: UTF8.self)
        #expect(try store.database.read { try $0.value(String.self, "SELECT data FROM sighting") } == expected)
        #expect(try store.records(of: domain).map(\.values) == [values])
    }

    @Test(
        "values of a source that rotates are not kept after a day's worth, those of others are",
        arguments: StoreKind.allCases)
    func rotation(_ kind: StoreKind) throws {
        let store = try kind.store()
        func commit(_ number: Int, at moment: Timestamp) throws {
            var sightings = ["one", "two"].map {
                Sighting(source: "resolver \($0)", key: RecordSetKey(domain, .a), values: ["192.0.2.\(number)"])
            }
            if number > 0 { sightings[1].values = ["192.0.2.0"] }
            _ = try store.commit(
                RoundRecord(
                    domain: domain, at: moment, sightings: sightings, outcome: RoundOutcome(state: WatchState()),
                    keepsState: false))
        }
        for number in 0..<30 { try commit(number, at: Made.now.adding(seconds: Int64(number) * 1800)) }
        #expect(try store.number("SELECT count(*) FROM sighting WHERE source = 'resolver one'") == 25)
        #expect(try store.number("SELECT count(*) FROM sighting WHERE data IS NULL") == 1)
        #expect(try store.number("SELECT count(*) FROM sighting WHERE source = 'resolver two'") == 1)
    }
}
