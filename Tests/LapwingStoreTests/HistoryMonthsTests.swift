import DNSWire
import LapwingCore
import LapwingStore
import Testing

/// History that is kept by the month, as a server of PostgreSQL can.
@Suite("History by months") struct HistoryMonthsTests {
    private let domain: Name
    /// September 2026, as ``Made/now`` is.
    private let october = Timestamp(seconds: 1_791_000_000)
    private let november = Timestamp(seconds: 1_793_491_200)

    init() throws { domain = try Name("a.example") }

    private func parts(_ store: Store) throws -> [String] {
        try store.database.read {
            try $0.values(
                String.self,
                """
                SELECT relname::text FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = current_schema() AND relkind IN ('r', 'p') AND relispartition ORDER BY 1
                """)
        }
    }

    private static func addChange(_ store: Store, at moment: Timestamp) throws {
        try store.execute(
            """
            INSERT INTO change (domain, name, type, at, document)
            VALUES ('a.example.', 'a.example.', 1, \(moment.milliseconds), '{}')
            """)
    }

    @Test("months are made ahead, once")
    func ahead() throws {
        let store = try StoreFolder(.postgresql).open()
        let rest = ["change_rest", "day_rest", "sighting_ended", "sighting_ended_rest", "sighting_open"]
        #expect(try parts(store) == rest)
        for _ in 0..<2 { try store.prepareHistory(at: Made.now) }
        let months = ["change", "day", "sighting_ended"].flatMap { ["\($0)_2026_10", "\($0)_2026_11"] }
        #expect(try parts(store) == (rest + months).sorted())
        try store.prepareHistory(at: Timestamp(seconds: 1_797_000_000))
        #expect(
            try parts(store).filter { $0.hasPrefix("change") }.suffix(3) == [
                "change_2027_01", "change_2027_02", "change_rest",
            ])
    }

    @Test("what is old goes with its month, what is seen now stays, and the rest goes row by row")
    func forgetting() throws {
        let store = try StoreFolder(.postgresql).open()
        try store.prepareHistory(at: Made.now)
        // The first round's delegation ends with the second round, which ends with the third.
        try store.commit(try Made.round(1, of: domain, at: Made.now))
        try store.commit(try Made.round(2, of: domain, at: Made.now.adding(seconds: 60)))
        try store.commit(try Made.round(3, of: domain, at: october))
        for moment in [Made.now, october, november] { try Self.addChange(store, at: moment) }
        let tally = DayTally()
        try store.add([Made.now, october].map { DayRecord(domain: domain, day: DayNumber(of: $0), tally: tally) })
        #expect(try store.number("SELECT count(*) FROM sighting_ended_2026_10") == 1)
        #expect(try store.number("SELECT count(*) FROM change_2026_10") == 1)
        #expect(try store.number("SELECT count(*) FROM day_2026_10") == 1)

        #expect(try store.forgetParts(before: november.adding(seconds: -1)).isEmpty, "October is not over")
        #expect(
            try store.forgetParts(before: november) == ["change_2026_10", "day_2026_10", "sighting_ended_2026_10"])
        #expect(try store.number("SELECT count(*) FROM change") == 2)
        #expect(try store.number("SELECT count(*) FROM sighting WHERE ended IS NULL") == 1)
        while try store.forgetSome(before: november) > 0 {}
        #expect(try store.number("SELECT count(*) FROM change") == 1)
        #expect(try store.number("SELECT count(*) FROM sighting") == 1)
        #expect(try store.number("SELECT count(*) FROM day") == 0)
        #expect(try store.records(of: domain).map(\.values) == [["ns3.example."]])
        // November is not emptied row by row: it goes when it is over.
        while try store.forgetSome(before: november.adding(seconds: 86_400)) > 0 {}
        #expect(try store.number("SELECT count(*) FROM change_2026_11") == 1)
    }

    @Test("rows that a clock ahead wrote keep a month from being made, and nothing else")
    func clockAhead() throws {
        let store = try StoreFolder(.postgresql).open()
        try Self.addChange(store, at: november.adding(seconds: 1))
        try store.prepareHistory(at: Made.now)
        #expect(try parts(store).filter { $0.hasPrefix("change") } == ["change_2026_10", "change_rest"])
        #expect(try parts(store).contains("day_2026_11"))
    }

    @Test("tables from before there were months keep all that is in them, and numbers go on")
    func older() throws {
        let folder = try StoreFolder(.postgresql)
        do {
            let store = try folder.open(.visitor)
            try store.execute(Self.earlier)
            for moment in [Made.now, october] { try Self.addChange(store, at: moment) }
            for ended in ["NULL", "\(Made.now.milliseconds)"] {
                try store.execute(
                    """
                    INSERT INTO sighting (domain, source, name, type, data, ttl, began, ended)
                    VALUES ('a.example.', 'parent', 'a.example.', 2, 'ns1.example.', 300, 5, \(ended))
                    """)
            }
        }
        let store = try folder.open()
        #expect(try store.number("SELECT count(*) FROM change_rest") == 2)
        #expect(try store.number("SELECT count(*) FROM sighting_open") == 1)
        #expect(try store.number("SELECT count(*) FROM sighting_ended_rest") == 1)
        try Self.addChange(store, at: october)
        #expect(try store.number("SELECT max(id) FROM change") == 3)
        try store.commit(try Made.round(2, of: domain, at: Made.now))
        #expect(try store.number("SELECT count(*) FROM sighting WHERE ended IS NULL") == 1)
        #expect(try store.number("SELECT max(id) FROM sighting") == 3)
    }

    @Test("a file has no parts")
    func file() throws {
        let store = try Store()
        try store.prepareHistory(at: Made.now)
        #expect(try store.forgetParts(before: november).isEmpty)
    }

    /// Brings the tables of history back into the form that they had before.
    private static let earlier = """
        DROP TABLE change, sighting, day;
        CREATE TABLE change (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, domain text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL, type bigint NOT NULL, at bigint NOT NULL, document text COLLATE "C" NOT NULL);
        CREATE INDEX change_of_domain ON change (domain, at);
        CREATE INDEX change_by_age ON change (at);
        CREATE TABLE sighting (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            domain text COLLATE "C" NOT NULL, source text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL,
            type bigint NOT NULL, data text COLLATE "C", ttl bigint, began bigint NOT NULL, ended bigint);
        CREATE INDEX sighting_of_domain ON sighting (domain, began);
        CREATE INDEX sighting_now ON sighting (domain) WHERE ended IS NULL;
        CREATE INDEX sighting_by_age ON sighting (ended) WHERE ended IS NOT NULL;
        CREATE TABLE day (day bigint NOT NULL, domain text COLLATE "C" NOT NULL, looks bigint NOT NULL,
            blind bigint NOT NULL, resolved bigint NOT NULL, unresolved bigint NOT NULL, served bigint NOT NULL,
            unserved bigint NOT NULL, authority_answers bigint NOT NULL, authority_ms bigint NOT NULL,
            resolver_answers bigint NOT NULL, resolver_ms bigint NOT NULL, signatures_end bigint, weaknesses bigint,
            PRIMARY KEY (day, domain));
        DELETE FROM migration WHERE name = 'history by age';
        """
}
