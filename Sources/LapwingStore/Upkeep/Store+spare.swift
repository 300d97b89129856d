import DNSWire
import Foundation
import GRDB
package import LapwingCore
import Synchronization

/// Why the file cannot be written, and since when.
package struct StoreTrouble: Sendable, Hashable {
    /// When a write first failed, by the wall clock.
    package var since: Timestamp
    /// What SQLite said last.
    package var reason: String
}

/// A store in memory with the same tables, in use while the file cannot be written: judging and telling go on with it.
struct Spare {
    /// Pages of 4 KiB: 256 MiB. What does not fit is an error, as if there were no spare.
    static let mostPages = 65_536

    let database: DatabaseQueue
    var trouble: StoreTrouble
    /// Counts what was written here.
    var writes = 0

    /// Takes with it what was said, so that nothing is reported as new that was reported before.
    init(_ trouble: StoreTrouble, beside main: any DatabaseWriter) throws {
        self.trouble = trouble
        database = try DatabaseQueue()
        try Migrations.all.migrate(database)
        // A file that cannot be read either leaves nothing to take.
        let said = try? main.read { try Store.said($0) }
        try database.write { database in
            try database.execute(sql: "PRAGMA max_page_count = \(Self.mostPages)")
            // Events and requests of the file that are dealt with here, by their number there.
            try database.execute(sql: "CREATE TABLE adopted (event INTEGER PRIMARY KEY, origin INTEGER UNIQUE)")
            try database.execute(sql: "CREATE TABLE request_done (id INTEGER PRIMARY KEY, done INTEGER NOT NULL)")
            if let said = said ?? nil { try Store.keep(said: said, database) }
        }
    }
}

extension Store {
    /// Set while the file cannot be written.
    package var trouble: StoreTrouble? { reserve.withLock { $0?.trouble } }

    var spare: DatabaseQueue? { reserve.withLock { $0?.database } }

    /// Another number for the file, each memory in its place, and the file after that.
    var epoch: Int { epochs.load(ordering: .sequentiallyConsistent) }

    /// A transaction that is on the disk when this returns; where less will do, it is lost only with the machine's power.
    func write<Value: Sendable>(durably: Bool = true, _ body: (Database) throws -> Value) throws -> Value {
        try writing.withLock { try write(durably: durably, &$0, body) }
    }

    private func write<Value: Sendable>(
        durably: Bool, _ writing: inout Writing, _ body: (Database) throws -> Value
    ) throws -> Value {
        let isOther = writing.isDurable != durably
        writing.isDurable = durably
        // What waits for the disk brings all before it there.
        writing.isUnsettled = !durably
        return try database.writeWithoutTransaction { database in
            if isOther { try database.execute(sql: "PRAGMA synchronous = \(durably ? "FULL" : "NORMAL")") }
            var value: Value?
            try database.inTransaction(.immediate) {
                value = try body(database)
                return .commit
            }
            guard let value else { throw RowFault("nothing was written") }
            return value
        }
    }

    /// The same for what the daemon learns and tells: where the file cannot be written it is kept in memory.
    func persist<Value: Sendable>(durably: Bool = true, _ body: (Database) throws -> Value) throws -> Value {
        guard role == .keeper else { return try write(durably: durably, body) }
        return try writing.withLock { writing in
            if let spare { return try write(to: spare, body) }
            do {
                return try write(durably: durably, &writing, body)
            } catch let error as DatabaseError where Self.isOfTheFile(error) {
                let trouble = StoreTrouble(since: Timestamp(seconds: Int64(time(nil))), reason: Self.words(error))
                let fresh = try Spare(trouble, beside: database)
                reserve.withLock { $0 = fresh }
                epochs.wrappingAdd(1, ordering: .sequentiallyConsistent)
                tell(.failing(reason: trouble.reason))
                return try write(to: fresh.database, body)
            }
        }
    }

    private func write<Value: Sendable>(to spare: DatabaseQueue, _ body: (Database) throws -> Value) throws -> Value {
        reserve.withLock { $0?.writes += 1 }
        return try spare.write(body)
    }

    /// Brings to the disk what was written without waiting for it; does nothing where all of it is there.
    package func settle() throws {
        guard trouble == nil else { return }
        try writing.withLock { writing in
            guard writing.isUnsettled else { return }
            _ = try database.writeWithoutTransaction { try $0.checkpoint(.passive) }
            writing.isUnsettled = false
        }
    }

    /// Brings what was kept in memory into the file, if that can be written again.
    package func recover() {
        let passed: Int64? = writing.withLock { writing in
            guard let spare = reserve.withLock({ $0 }) else { return nil }
            do {
                try spare.database.read { from in
                    try write(durably: true, &writing) { try Self.bring(from, into: $0) }
                }
            } catch {
                let reason = (error as? DatabaseError).map(Self.words) ?? "\(error)"
                reserve.withLock { $0?.trouble.reason = reason }
                return nil
            }
            reserve.withLock { $0 = nil }
            epochs.wrappingAdd(1, ordering: .sequentiallyConsistent)
            return max(0, Timestamp(seconds: Int64(time(nil))).seconds(since: spare.trouble.since))
        }
        if let passed { tell(.recovered(seconds: passed)) }
    }

    /// Faults of the file or the disk, not of what was to be written.
    private static func isOfTheFile(_ error: DatabaseError) -> Bool {
        let codes: [ResultCode] = [
            .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_CORRUPT, .SQLITE_NOTADB,
            .SQLITE_PERM, .SQLITE_NOMEM, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL, .SQLITE_NOLFS,
        ]
        return codes.contains(error.resultCode)
    }

    private static func words(_ error: DatabaseError) -> String { error.message ?? "\(error.resultCode)" }

    // MARK: Both together

    /// Takes events and notices that wait in the file into the spare: they cannot be marked as told where they are.
    func adoptWaiting(_ spare: DatabaseQueue) {
        let known = (try? spare.read { try Int64.fetchOne($0, sql: "SELECT max(origin) FROM adopted") }) ?? nil
        let waiting = try? database.read { main in
            (
                events: try Row.fetchAll(
                    main,
                    sql: """
                        SELECT id, incident, at, document FROM incident_event
                        WHERE spoken IS NULL AND id > ? ORDER BY id LIMIT 5000
                        """, arguments: [known ?? 0]),
                notices: try Row.fetchAll(main, sql: "SELECT * FROM notice WHERE finished IS NULL LIMIT 5000")
            )
        }
        guard let waiting else { return }
        try? spare.write { spare in
            for row in waiting.events {
                try spare.execute(
                    sql: "INSERT INTO incident_event (incident, at, document) VALUES (?, ?, ?)",
                    arguments: [
                        row["incident"] as DatabaseValue, row["at"] as DatabaseValue,
                        row["document"]
                            as DatabaseValue,
                    ])
                try spare.execute(
                    sql: "INSERT INTO adopted (event, origin) VALUES (?, ?)",
                    arguments: [spare.lastInsertedRowID, row["id"] as DatabaseValue])
            }
            for row in waiting.notices {
                try spare.execute(
                    sql: """
                        INSERT OR IGNORE INTO notice
                        (id, channel, incident, created, document, attempts, next_try, receipt)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: StatementArguments(
                        ["id", "channel", "incident", "created", "document", "attempts", "next_try", "receipt"].map {
                            row[$0] as DatabaseValue
                        }))
            }
        }
    }

    /// Copies what the spare holds into the file; one transaction.
    private static func bring(_ spare: Database, into main: Database) throws {
        func copy(_ select: String, _ insert: String) throws {
            let rows = try Row.fetchCursor(spare, sql: select)
            while let row = try rows.next() {
                try main.execute(sql: insert, arguments: StatementArguments(row.databaseValues))
            }
        }
        try copy(
            "SELECT name, added, state_at, learnt_at FROM domain WHERE state_at IS NOT NULL",
            """
            INSERT INTO domain (name, added, state_at, learnt_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET state = NULL, state_at = excluded.state_at,
                learnt_at = excluded.learnt_at
            """)
        // A memory that was written there is whole, and so is what it names.
        try copy("SELECT DISTINCT domain FROM memory", "DELETE FROM memory WHERE domain = ?")
        try copy("SELECT DISTINCT domain FROM memory", "UPDATE incident SET kept = NULL WHERE domain = ?")
        try copy(
            "SELECT domain, part, form, body FROM memory",
            "INSERT INTO memory (domain, part, form, body) VALUES (?, ?, ?, ?)")
        for row in try Row.fetchAll(spare, sql: "SELECT * FROM sighting WHERE data IS NOT NULL ORDER BY id") {
            guard let sighting = try? Self.sighting(row) else { continue }
            try write(
                [SightingRow(sighting)], domain: try row.get("domain", as: String.self), at: try row.get("began"),
                in: main)
        }
        try copy(
            "SELECT domain, name, type, at, document FROM change ORDER BY id",
            "INSERT INTO change (domain, name, type, at, document) VALUES (?, ?, ?, ?, ?)")
        try copy(
            "SELECT id, domain, class, severity, opened, updated, closed, document, kept FROM incident",
            """
            INSERT OR REPLACE INTO incident (id, domain, class, severity, opened, updated, closed, document, kept)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        try copy(
            """
            SELECT incident, at, spoken, held, tellings, document FROM incident_event
            WHERE id NOT IN (SELECT event FROM adopted) ORDER BY id
            """,
            "INSERT INTO incident_event (incident, at, spoken, held, tellings, document) VALUES (?, ?, ?, ?, ?, ?)")
        try copy(
            "SELECT spoken, held, tellings, origin FROM incident_event JOIN adopted ON event = id WHERE spoken IS NOT NULL",
            "UPDATE incident_event SET spoken = ?, held = ?, tellings = ? WHERE id = ?")
        try copy(
            "SELECT id, channel, incident, created, document, attempts, next_try, finished, receipt FROM notice",
            """
            INSERT INTO notice (id, channel, incident, created, document, attempts, next_try, finished, receipt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET attempts = excluded.attempts, next_try = excluded.next_try,
                finished = excluded.finished, receipt = excluded.receipt
            """)
        try copy("SELECT done, id FROM request_done", "UPDATE request SET done = ? WHERE id = ?")
        try copy(
            "SELECT domain, at, expires, document FROM registration",
            """
            INSERT INTO registration (domain, at, expires, document) VALUES (?, ?, ?, ?)
            ON CONFLICT (domain) DO UPDATE SET at = excluded.at, expires = excluded.expires,
                document = excluded.document WHERE registration.at < excluded.at
            """)
        try copy("SELECT \(dayColumns) FROM day", addition)
        try bringZones(spare, into: main)
        if let said = try Self.said(spare) { try keep(said: said, main) }
    }
}
