import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

/// What only a server asks for, and copies between it and a file.
@Suite("A store in PostgreSQL") struct PostgreSQLTests {
    private let domain: Name

    init() throws { domain = try Name("a.example") }

    @Test(
        "its address is shown without what is secret",
        arguments: [
            ("postgresql://ann:secret@db.example/l", "postgresql://ann@db.example/l"),
            ("postgres://ann:se@cret:x@db.example:5432,other:1/l", "postgres://ann@db.example:5432,other:1/l"),
            ("postgresql:///l?host=/run&password=secret&sslmode=require", "postgresql:///l?host=/run&sslmode=require"),
            ("postgresql://db/l?password=secret", "postgresql://db/l"), ("postgresql://db:1/l", "postgresql://db:1/l"),
            ("sqlite:///var/lib/x.db", "/var/lib/x.db"), ("x.db", "x.db"),
        ])
    func visible(_ address: String, _ shown: String) { #expect(StoreLocation(address).visible == shown) }

    @Test(
        "what cannot be reached is told without the password",
        arguments: [
            "postgresql://ann:secret@127.0.0.1:1/l", "postgresql://ann:sec%ret@127.0.0.1:1/l",
            "postgresql://ann:secret@127.0.0.1:1/l?no_such=1",
        ])
    func unreachable(_ address: String) {
        do {
            _ = try Store(path: address, role: .keeper)
            Issue.record("it was opened")
        } catch {
            #expect("\(error)".contains("cannot open the store postgresql://ann@127.0.0.1:1/l"), "\(error)")
            #expect(!"\(error)".contains("secret") && !"\(error)".contains("sec%ret"), "\(error)")
        }
    }

    @Test("one keeper at a time, and the next has it as soon as it is let go")
    func lock() throws {
        let folder = try StoreFolder(.postgresql)
        let keeper = try folder.open()
        do {
            _ = try folder.open()
            Issue.record("two keepers")
        } catch Store.Failure.inUse(_, let process) {
            #expect(process.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) on "))
        }
        try folder.open(.visitor).add(.check, domain: domain, at: Made.now)
        #expect(try keeper.waitingRequests().count == 1)
        keeper.letGo()
        _ = try folder.open()
    }

    @Test("whoever was taken for dead writes nothing any more, and is told")
    func superseded() throws {
        let folder = try StoreFolder(.postgresql)
        let first = try folder.open()
        try first.commit(try Made.round(1, of: domain))
        try folder.open(.visitor).execute("UPDATE lease SET epoch = epoch + 1, holder = 'another'")
        for _ in 0..<2 {
            #expect(throws: DatabaseFault.self) { try first.commit(try Made.round(2, of: domain)) }
        }
        #expect(first.trouble == nil, "it must not go on in memory")
        #expect(try first.state(of: domain)?.rounds == 1)
        #expect(folder.news.texts == [StoreNews.superseded.description])
    }

    @Test("a daemon of this machine that is gone is not waited for")
    func gone() throws {
        let folder = try StoreFolder(.postgresql)
        try folder.open().letGo()
        let store = try folder.open(.visitor)
        let holder = PostgreSQLLease.holder.split(separator: "/").dropLast().joined(separator: "/")
        // More than any process number.
        try store.execute("UPDATE lease SET holder = '\(holder)/2000000000', renewed = clock_timestamp()")
        let began = ContinuousClock.now
        _ = try folder.open()
        #expect(ContinuousClock.now - began < .seconds(3))
    }

    @Test("connections that are lost between two transactions are made anew")
    func lostConnections() throws {
        let folder = try StoreFolder(.postgresql)
        let store = try folder.open()
        try store.commit(try Made.round(1, of: domain))
        let name = try #require(folder.file.split(separator: "=").last)
        for _ in 0..<3 {
            try folder.open(.visitor).execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = '\(name)' AND pid != pg_backend_pid()
                """)
            #expect(try store.state(of: domain) != nil)
            try store.commit(try Made.round(2, of: domain))
        }
        #expect(store.trouble == nil && folder.news.texts.isEmpty)
    }

    @Test("its mark is another after each write, whoever wrote")
    func mark() throws {
        let folder = try StoreFolder(.postgresql)
        let store = try folder.open()
        let first = try #require(store.mark)
        try folder.open(.visitor).add(.check, domain: domain, at: Made.now)
        let second = try #require(store.mark)
        #expect(first != second)
        try store.commit(try Made.round(1, of: domain))
        #expect(store.mark != second)
    }

    @Test("two that come first at the same time make one store")
    func firstAtOnce() async throws {
        let folder = try StoreFolder(.postgresql)
        let file = folder.file
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask { try Store(path: file).add(.check, domain: Name("a.example"), at: Made.now) }
            }
            try await group.waitForAll()
        }
        #expect(try folder.open(.visitor).waitingRequests().count == 3)
    }

    // MARK: Copies

    private func rows(_ store: Store) throws -> [String] {
        let tables = try store.statistics().tables.map(\.name)
        return try store.database.read { database in
            try tables.flatMap { table in
                let rows = try database.rows("SELECT * FROM \(table)")
                return rows.map { row in
                    let values = zip(row.names, row.values).filter { $0.0 != "number" }
                    return "\(table) \(values.map { "\($0.0)=\($0.1)" }.sorted())"
                }
            }.sorted()
        }
    }

    @Test("a whole copy is the same, from a file to a server and back", arguments: StoreKind.allCases)
    func copy(_ kind: StoreKind) throws {
        let (here, there) = (try StoreFolder(kind), try StoreFolder(kind == .sqlite ? .postgresql : .sqlite))
        let source = try here.open()
        for number in 1...3 { try source.commit(try Made.round(number, of: domain)) }
        try Made.speak(source)
        for _ in 0..<3 { _ = try source.add(Made.silence(domain, reason: "bücher \u{1F426}")) }
        _ = try source.linkKey { [UInt8](0..<32) }
        let target = try there.open()
        let copy = try source.copyAll(into: target)
        #expect(copy.faults.isEmpty && copy.journal?.last == 3)
        #expect(try rows(source) == rows(target))
        #expect(target.examine().faults.isEmpty && target.examine().journal == source.examine().journal)
        #expect(try target.state(of: domain) == source.state(of: domain))
        #expect(try target.due(at: Made.now).map(\.notice.id) == source.due(at: Made.now).map(\.notice.id))
        // Numbers go on after those that were copied.
        #expect(try target.add(Made.silence(domain)).id == 4 && target.lastAct() == 4)
        #expect(throws: Store.MoveFailure.self) { try source.copyAll(into: target) }
    }

    @Test("a row that is not what its column says is left out by name")
    func unreadable() throws {
        let (here, there) = (try StoreFolder(.sqlite), try StoreFolder(.postgresql))
        let source = try here.open()
        try source.commit(try Made.round(1, of: domain))
        try source.execute("UPDATE sighting SET began = 'x'")
        let copy = try source.copyAll(into: try there.open())
        #expect(copy.faults == ["row 1 of sighting: began cannot be read"])
        #expect(copy.tables.first { $0.name == "incident" }?.rows == 1)
    }
}
