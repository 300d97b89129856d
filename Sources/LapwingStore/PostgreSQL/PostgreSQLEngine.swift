import Foundation
import Synchronization

/// A server of PostgreSQL 13 or later.
///
/// A transaction needs nothing of a connection that outlives it, so a pooler in transaction mode may stand in between.
package final class PostgreSQLEngine: DatabaseEngine {
    private let pool: PostgreSQLPool
    /// Which daemon has the store, where it is this one.
    private let lease: PostgreSQLLease?
    /// The place among those that share the store, where this daemon does.
    private let place = Mutex<PostgreSQLMembership?>(nil)
    /// Whether somebody came who only reads.
    private let isReader: Bool

    /// Times that a transaction is begun again which another one was in the way of.
    private static let mostTries = 5

    /// The limits of each transaction; they end with it. A daemon that hangs must not hold up the others.
    private static let limits = """
        SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = '15s';
        SET LOCAL idle_in_transaction_session_timeout = '120s';
        """
    private static let reading = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; \(limits)"
    /// Writers come one after the other, as with a file: who has the row of the lease writes.
    private static let writing = "BEGIN; \(limits)"
    /// A worker that hangs in its turn holds up the others for no longer than they wait for it anyway.
    private static let writingOfWorker = "BEGIN; \(limits) SET LOCAL idle_in_transaction_session_timeout = '8s';"
    private static let turn = "SELECT epoch FROM lease WHERE id = 1 FOR UPDATE"
    /// The daemon says with each turn that it lives.
    private static let turnOfKeeper = "UPDATE lease SET renewed = clock_timestamp() WHERE id = 1 RETURNING epoch"
    private static let notDurable = "SET LOCAL synchronous_commit = off;"

    /// Connects, and takes the store where a daemon is to have it.
    ///
    /// - Throws: ``DatabaseFault``; ``Store/Failure`` where another daemon has it.
    init(_ address: PostgreSQLAddress, role: Store.Role, onLoss: @escaping @Sendable () -> Void) throws {
        let pool = PostgreSQLPool(address)
        self.pool = pool
        isReader = role == .reader
        let isThere = try Self.read(pool) { database in
            // Who only comes by needs no table of workers.
            try database.tableExists("lease") && (!role.isOfDaemon || database.tableExists("place_wish"))
        }
        if !isThere {
            guard role != .reader else {
                throw DatabaseFault(.statement, reason: "there is no store yet; lapwing run makes it")
            }
            // Two processes that come first at the same time wait for each other.
            _ = try Self.retrying {
                try pool.lend("BEGIN; \(Self.limits) SELECT pg_advisory_xact_lock(\(Self.lockNumber))") { link, _ in
                    try Self.ending(link) { try link.script(PostgreSQLDialect.foundation) }
                }
            }
        }
        lease = role == .keeper ? try PostgreSQLLease(pool, address: address.visible, onLoss: onLoss) : nil
    }

    /// Any number that others are not likely to lock with.
    private static let lockNumber: Int64 = 7_236_154_418_903

    package var isAwayAsAWhole: Bool { true }

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

    /// Ends a transaction: by keeping it, or by taking it back where the body throws.
    static func ending<Value>(_ link: PostgreSQLLink, _ body: () throws -> Value) throws -> Value {
        let value: Value
        do {
            value = try body()
        } catch {
            // A connection that is lost takes it back by itself.
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

    /// Lets go of the store, so that the next daemon need not wait.
    func close() {
        lease?.release()
        membership?.leave()
    }

    deinit { close() }

    // MARK: Workers

    /// The place of this worker; nil where there is one daemon only.
    var membership: PostgreSQLMembership? { place.withLock { $0 } }

    /// Comes among the workers that share the store.
    func join(as name: WorkerName, address: String, tell: @escaping @Sendable (StoreNews) -> Void) throws {
        let membership = try PostgreSQLMembership(pool, as: name, address: address, tell: tell)
        place.withLock { $0 = membership }
    }

    /// The workers that live, with their versions; none where the store was never shared.
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
        // What does not wait for the disk is brought there by the server within a second.
    }

    /// The server looks after its own pages: `pg_amcheck` reads them.
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

    /// Sets the numbers that new rows get above those that were copied.
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
