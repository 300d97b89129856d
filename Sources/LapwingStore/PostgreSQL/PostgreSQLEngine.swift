import Foundation
import Synchronization

/// A server with PostgreSQL 13 or later.
///
/// A transaction depends on no state of its connection, so a pooler in transaction mode may be used.
package final class PostgreSQLEngine: DatabaseEngine {
    private let pool: PostgreSQLPool
    /// The lease on the store, if this daemon has it.
    private let lease: PostgreSQLLease?
    /// The membership among the workers that share the store, if this daemon is one.
    private let place = Mutex<PostgreSQLMembership?>(nil)
    /// Whether the store was opened for reading only.
    private let isReader: Bool

    /// The largest number of tries of a transaction that conflicts with others.
    private static let mostTries = 5

    /// The limits of each transaction, which end with it, so that a hanging daemon does not block others.
    private static let limits = """
        SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = '15s';
        SET LOCAL idle_in_transaction_session_timeout = '120s';
        """
    private static let reading = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; \(limits)"
    /// Writers are serialised, as with a file: the one that has locked the row of the lease writes.
    private static let writing = "BEGIN; \(limits)"
    /// A worker that hangs in its transaction blocks the others for no longer than they wait for it anyway.
    private static let writingOfWorker = "BEGIN; \(limits) SET LOCAL idle_in_transaction_session_timeout = '8s';"
    private static let turn = "SELECT epoch FROM lease WHERE id = 1 FOR UPDATE"
    /// The daemon renews its sign of life with each transaction.
    private static let turnOfKeeper = "UPDATE lease SET renewed = clock_timestamp() WHERE id = 1 RETURNING epoch"
    private static let notDurable = "SET LOCAL synchronous_commit = off;"

    /// Connects, and acquires the store for a daemon.
    ///
    /// - Throws: ``DatabaseFault``; ``Store/Failure`` if another daemon has it.
    init(_ address: PostgreSQLAddress, role: Store.Role, onLoss: @escaping @Sendable () -> Void) throws {
        let pool = PostgreSQLPool(address)
        self.pool = pool
        isReader = role == .reader
        let isThere = try Self.read(pool) { database in
            // A visitor needs no table of workers.
            try database.tableExists("lease") && (!role.isOfDaemon || database.tableExists("place_wish"))
        }
        if !isThere {
            guard role != .reader else {
                throw DatabaseFault(.statement, reason: "there is no store yet; lapwing run makes it")
            }
            // Two processes that create the tables at the same time wait for each other.
            _ = try Self.retrying {
                try pool.lend("BEGIN; \(Self.limits) SELECT pg_advisory_xact_lock(\(Self.lockNumber))") { link, _ in
                    try Self.ending(link) { try link.script(PostgreSQLDialect.foundation) }
                }
            }
        }
        lease = role == .keeper ? try PostgreSQLLease(pool, address: address.visible, onLoss: onLoss) : nil
    }

    /// An arbitrary number that other applications are unlikely to lock.
    private static let lockNumber: Int64 = 7_236_154_418_903

    package var isAwayAsAWhole: Bool { true }

    package var keepsHistoryInParts: Bool { true }

    /// For one statement: whoever writes has the row of the lease first, which shows who had it last.
    package var mark: [Int64]? {
        let row = try? pool.lend("SELECT xmin::text, xmax::text FROM lease WHERE id = 1") { _, rows in rows.first }
        guard let row = row ?? nil else { return nil }
        let numbers = row.values.compactMap { String(stored: $0).flatMap { Int64($0) } }
        return numbers.count == 2 ? numbers : nil
    }

    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try Self.read(pool, body) }

    private static func read<Value>(_ pool: PostgreSQLPool, _ body: (Database) throws -> Value) throws -> Value {
        try retrying {
            try pool.lend(reading) { link, _ in
                try ending(link) { try body(Database(connection: PostgreSQLConnection(link))) }
            }
        }
    }

    package func write<Value>(durably: Bool, _ body: (Database) throws -> Value) throws -> Value {
        try write(durably: durably, under: .none, body)
    }

    package func write<Value>(
        durably: Bool, under fence: Fence, _ body: (Database) throws -> Value
    ) throws -> Value {
        guard let membership else { return try writeAlone(durably: durably, body) }
        return try Self.retrying {
            let begin =
                Self.writingOfWorker + (durably ? "" : Self.notDurable) + Self.turn + "; "
                + (try membership.question(fence))
            return try pool.lend(begin) { link, rows in
                try Self.ending(link) {
                    guard rows.first.flatMap({ Int64(stored: $0[0]) ?? String(stored: $0[0]).flatMap(Int64.init) }) == 1
                    else { throw PostgreSQLMembership.fenced }
                    return try body(Database(connection: PostgreSQLConnection(link)))
                }
            }
        }
    }

    private func writeAlone<Value>(durably: Bool, _ body: (Database) throws -> Value) throws -> Value {
        guard !isReader else { throw DatabaseFault(.statement, reason: "it was opened to be read only") }
        try lease?.check()
        let begin =
            Self.writing + (durably ? "" : Self.notDurable) + (lease == nil ? Self.turn : Self.turnOfKeeper)
        return try Self.retrying {
            try pool.lend(begin) { link, rows in
                try Self.ending(link) {
                    try lease?.check(rows.first.flatMap { Int64(stored: $0[0]) })
                    return try body(Database(connection: PostgreSQLConnection(link)))
                }
            }
        }
    }

    /// Commits a transaction, or rolls it back if the body throws.
    static func ending<Value>(_ link: PostgreSQLLink, _ body: () throws -> Value) throws -> Value {
        let value: Value
        do {
            value = try body()
        } catch {
            // If the connection is lost, the server rolls back.
            _ = try? link.script("ROLLBACK")
            throw error
        }
        try link.script("COMMIT")
        return value
    }

    static func retrying<Value>(_ body: () throws -> Value) throws -> Value {
        for round in 1..<mostTries {
            do {
                return try body()
            } catch let fault as DatabaseFault where fault.code.map(PostgreSQLLink.repeatable.contains) == true {
                Thread.sleep(forTimeInterval: 0.02 * Double(1 << round))
            }
        }
        return try body()
    }

    /// Releases the store, so that the next daemon need not wait.
    func close() {
        lease?.release()
        membership?.leave()
    }

    deinit { close() }

    // MARK: Workers

    /// The membership of this worker; nil for a single daemon.
    var membership: PostgreSQLMembership? { place.withLock { $0 } }

    /// Joins the workers that share the store.
    func join(as name: WorkerName, address: String, tell: @escaping @Sendable (StoreNews) -> Void) throws {
        let membership = try PostgreSQLMembership(pool, as: name, address: address, tell: tell)
        place.withLock { $0 = membership }
    }

    /// Returns the live workers with their versions; none if the store was never shared.
    func living() throws -> [String] {
        try read { database in
            guard try database.tableExists("worker") else { return [] }
            return try database.values(
                String.self,
                "SELECT name || ' (' || version || ')' FROM worker WHERE seen > \(PostgreSQLLease.living) ORDER BY 1")
        }
    }

    // MARK: Upkeep

    package func settle() throws {
        // The server flushes asynchronous commits to the disk within a second.
    }

    /// The server is responsible for its pages, which `pg_amcheck` verifies.
    package func faults() throws -> [String] { [] }

    package func sizes() throws -> (all: Int64, free: Int64, log: Int64) {
        let all = try read { database in
            try database.value(
                Int64.self,
                """
                SELECT sum(pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass))::bigint
                FROM pg_tables WHERE schemaname = current_schema()
                """)
        }
        return (all ?? 0, 0, 0)
    }

    package func compact() throws {
        let tables = try read { try $0.values(String.self, $0.dialect.tables) }
        for table in tables {
            try pool.lend("SELECT 1") { link, _ in _ = try link.script("VACUUM FULL \"\(table)\"") }
        }
    }

    /// Sets the sequences of new row numbers above the copied rows.
    static func renumber(_ database: Database) throws {
        let columns = try database.rows(
            """
            SELECT table_name::text AS name, column_name::text AS part FROM information_schema.columns
            WHERE table_schema = current_schema() AND is_identity = 'YES'
            """)
        for column in columns {
            let (table, part): (String, String) = (try column.get("name"), try column.get("part"))
            try database.script(
                """
                SELECT setval(pg_get_serial_sequence('"\(table)"', '\(part)'),
                    (SELECT greatest(max("\(part)"), 1) FROM "\(table)"))
                """)
        }
    }
}
