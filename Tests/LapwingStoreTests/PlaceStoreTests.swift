import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

/// Workers at several places: who looks at what, and what they leave for each other.
@Suite("Places of workers") struct PlaceStoreTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var vantages: [Int64: String]
        /// Who holds a run of shards.
        var held: [(count: Int, by: Int64?)]
        /// How many shards each looks at.
        var looks: [Int64: Int]
    }

    static let cases: [Case] = [
        Case(testDescription: "one worker alone", vantages: [1: "fra1"], held: [(256, 1)], looks: [1: 0]),
        Case(
            testDescription: "workers without a vantage are one place", vantages: [1: "", 2: ""],
            held: [(128, 1), (128, 2)], looks: [1: 0, 2: 0]),
        Case(
            testDescription: "so are those of one vantage", vantages: [1: "fra1", 2: "fra1"],
            held: [(128, 1), (128, 2)], looks: [1: 0, 2: 0]),
        Case(
            testDescription: "two places: each looks at what the other judges", vantages: [1: "fra1", 2: "iad1"],
            held: [(128, 1), (128, 2)], looks: [1: 128, 2: 128]),
        Case(
            testDescription: "three places: at what both others judge", vantages: [1: "fra1", 2: "iad1", 3: "sin1"],
            held: [(86, 1), (85, 2), (85, 3)], looks: [1: 170, 2: 171, 3: 171]),
        Case(
            testDescription: "two at one place share the looking, whoever judges how much",
            vantages: [1: "fra1", 2: "fra1", 3: "iad1"], held: [(200, 3), (56, 1)], looks: [1: 100, 2: 100, 3: 56]),
        Case(
            testDescription: "one that is not told apart is a place beside one that is",
            vantages: [1: "", 2: "iad1"], held: [(256, 1)], looks: [1: 0, 2: 256]),
        Case(
            testDescription: "what nobody judges is looked at from everywhere", vantages: [1: "fra1", 2: "iad1"],
            held: [(256, nil)], looks: [1: 256, 2: 256]),
        Case(
            testDescription: "a holder that is gone judges nothing", vantages: [1: "fra1", 2: "iad1"],
            held: [(128, 1), (128, 9)], looks: [1: 128, 2: 256]),
    ]

    @Test("who looks at how much", arguments: cases)
    func shares(_ one: Case) {
        var holders: [Int64?] = []
        for run in one.held { holders += [Int64?](repeating: run.by, count: run.count) }
        holders.append(1)
        var seen: [String: [Int]] = [:]
        for (me, count) in one.looks {
            let looks = Sharing.looks(for: me, vantages: one.vantages, holders: holders)
            #expect(looks.count == count && !looks.contains(Shard.desk), "\(me)")
            let own = one.vantages[me] ?? ""
            let isElsewhere = looks.allSatisfy { shard in
                guard let holder = holders[shard] else { return true }
                return one.vantages[holder] != own
            }
            #expect(isElsewhere, "\(me) looks at what is judged at its place")
            seen[own, default: []] += looks
        }
        for (place, looks) in seen { #expect(Set(looks).count == looks.count, "twice from \(place)") }
    }

    private func worker(_ name: String, _ vantage: String) -> Store.Role {
        .worker(WorkerName(name, version: "1", vantage: vantage))
    }

    private func wait(_ what: String, _ isSo: () throws -> Bool) throws {
        let end = Date().addingTimeInterval(12)
        while try !isSo() {
            guard Date() < end else { throw Late(what: what) }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    private struct Late: Error { var what: String }

    private func follow(_ store: Store) throws {
        let holding = try #require(store.holding)
        for shard in 0...Shard.desk { store.act(for: shard, under: holding.kept[shard]) }
        try store.release(holding.leaving)
    }

    private static func sight(_ address: String, confirmed: Bool = true) throws -> PlaceSight {
        let domain = try Name("a.example.")
        let member = Hexadecimal.text(try RecordData(type: .a, text: address).bytes)
        return PlaceSight(
            servers: [
                .init(host: try Name("ns.example."), address: try #require(IPAddress("192.0.2.1")), standing: .answers)
            ],
            sets: [
                .init(
                    RecordSetKey(domain, .a),
                    values: [
                        .init(
                            kind: "data", alias: nil, members: [member], servers: [0], resolvers: ["one"],
                            isConfirmed: confirmed)
                    ])
            ])
    }

    @Test("where nobody shares the store there are no places", arguments: StoreKind.allCases)
    func alone(_ kind: StoreKind) throws {
        let store = try StoreFolder(kind).open(.keeper)
        let domain = try Name("a.example.")
        #expect(store.places.isEmpty && !store.looks(at: domain) && store.judgingPlace(of: domain) == nil)
        #expect(try store.sights(of: domain).isEmpty && store.placeCounts().isEmpty)
        #expect(try store.leave([PlaceNote(domain: domain, age: 0, lasts: 1, sight: nil)]).isEmpty)
    }

    @Test("what one place sees the other reads, with its age; nothing is kept of what was before")
    func sights() throws {
        let folder = try StoreFolder(.postgresql)
        let (fra, iad) = (try folder.open(worker("a", "fra1")), try folder.open(worker("b", "iad1")))
        try wait("they do not share") {
            for store in [fra, iad] { try follow(store) }
            return [fra, iad].allSatisfy { $0.holding?.shards == 128 && $0.holding?.looks.count == 128 }
        }
        let domain = try Name("a.example.")
        let (judge, looker) = fra.has(domain) ? (fra, iad) : (iad, fra)
        #expect(judge.places == ["fra1", "iad1"] && judge.judgingPlace(of: domain) == judge.place)
        #expect(looker.looks(at: domain) && !judge.looks(at: domain))
        var (_, at) = try judge.placeNews(after: nil)
        func note(_ sight: PlaceSight?, age: Int64 = 0, urgent: Bool = false) -> PlaceNote {
            PlaceNote(domain: domain, age: age, lasts: 600_000, sight: sight, isUrgent: urgent)
        }
        #expect(try looker.leave([note(nil)]) == [domain], "nothing is there that could be as before")
        let first = try Self.sight("192.0.2.7")
        #expect(try looker.leave([note(first, age: 5000, urgent: true)]).isEmpty)
        let row = try #require(try judge.sights(of: domain).first)
        #expect(row.place == looker.place && row.sight == first && row.isFresh && (5000..<8000).contains(row.age))
        let found = try judge.placeNews(after: at)
        #expect(found.news.map(\.domain) == [domain] && found.news.first?.isUrgent == true)
        at = found.at
        // The same again moves its age only.
        #expect(try looker.leave([note(nil)]).isEmpty)
        #expect(try #require(try judge.sights(of: domain).first).age < 2000)
        #expect(try judge.placeNews(after: at).news.allSatisfy { $0.at <= at }, "that is no news")
        // A look that began earlier and comes later does not take the place of this one.
        #expect(try looker.leave([note(try Self.sight("192.0.2.9"), age: 60_000)]).isEmpty)
        #expect(try judge.sights(of: domain).map(\.sight) == [first])
        #expect(try judge.placeCounts()[looker.place]?.fresh == 1)
        try judge.forgetSights(of: [domain])
        #expect(try judge.sights(of: domain).count == 1, "it is another place's")
        try looker.forgetSights(of: [domain])
        #expect(try judge.sights(of: domain).isEmpty)
        #expect(try looker.leave([note(nil)]) == [domain] && looker.leave([note(first)]).isEmpty)
        try folder.open(.visitor).execute("UPDATE place_sight SET at = at - 700000")
        #expect(try judge.sights(of: domain).map(\.isFresh) == [false])
        #expect(try judge.placeCounts()[looker.place]?.stale == 1)
        try folder.open(.visitor).execute("UPDATE place_sight SET at = at - 90000000")
        try judge.forgetPlaces()
        #expect(try judge.sights(of: domain).isEmpty)
        let before = try looker.placeWishes(after: nil)
        try judge.wishForLooks(at: domain)
        #expect(try looker.placeWishes(after: before.at).news.map(\.domain) == [domain])
    }

    @Test("who was taken for dead leaves nothing")
    func fenced() throws {
        let folder = try StoreFolder(.postgresql)
        let store = try folder.open(worker("a", "fra1"))
        try folder.open(.visitor).execute("DELETE FROM worker; UPDATE shard SET worker = NULL")
        let note = PlaceNote(domain: try Name("a.example."), age: 0, lasts: 1000, sight: try Self.sight("192.0.2.7"))
        #expect(throws: DatabaseFault.self) { try store.leave([note]) }
        #expect(throws: DatabaseFault.self) { try store.wishForLooks(at: note.domain) }
    }

    @Test("a store that earlier workers made gets what is missing")
    func earlier() throws {
        let folder = try StoreFolder(.postgresql)
        try folder.open(worker("a", "")).letGo()
        try folder.open(.visitor).execute(
            "DROP TABLE place_sight; DROP TABLE place_wish; ALTER TABLE worker DROP COLUMN vantage")
        let store = try folder.open(worker("b", "iad1"))
        #expect(store.place == "iad1" && store.places.isEmpty)
        #expect(try store.sights(of: try Name("a.example.")).isEmpty)
    }
}
