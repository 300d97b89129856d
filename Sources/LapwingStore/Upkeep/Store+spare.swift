import DNSWire
import Foundation
package import LapwingCore
import Synchronization

/// The reason why the file cannot be written, and since when.
package struct StoreTrouble: Sendable, Hashable {
    /// When a write first failed, on the wall clock.
    package var since: Timestamp
    /// The latest message of the engine.
    package var reason: String
    /// Whether it is a worker's server: other workers may hold all shards by now, so that nothing continues from
    /// memory.
    package var isOfWorker = false

    /// The consequences, in sentences.
    package var consequence: String {
        isOfWorker
            ? "Nothing is checked and nothing is sent until it can; other workers that reach it continue."
            : "Judging and telling go on from memory."
    }
}

/// A store in memory with the same tables, used while the file cannot be written: judging and sending continue with it.
struct Spare {
    /// Pages of 4 KiB: 256 MiB. Writes beyond that fail, as without a spare.
    static let mostPages = 65_536

    let database: SQLiteEngine
    var trouble: StoreTrouble
    /// The number of writes to the spare.
    var writes = 0

    /// Copies the log of what was sent, so that nothing is reported again.
    init(_ trouble: StoreTrouble, beside main: any DatabaseEngine) throws {
        self.trouble = trouble
        database = try SQLiteEngine()
        try Migrations.all.migrate(database)
        // If the file cannot be read either, there is nothing to copy.
        let said = try? main.read { try Store.said($0) }
        try database.write { database in
            try database.execute("PRAGMA max_page_count = \(Self.mostPages)")
            // Events and requests of the file that are handled here, by their number there.
            try database.execute("CREATE TABLE adopted (event INTEGER PRIMARY KEY, origin INTEGER UNIQUE)")
            try database.execute("CREATE TABLE request_done (id INTEGER PRIMARY KEY, done INTEGER NOT NULL)")
            if let said = said ?? nil { try Store.keep(said: said, database) }
        }
    }
}

extension Store {
    /// The present trouble while the file cannot be written, or while a worker's server is unreachable; nil otherwise.
    package var trouble: StoreTrouble? { reserve.withLock { $0?.trouble } ?? membership?.trouble }

    var spare: SQLiteEngine? { reserve.withLock { $0?.database } }

    /// A number that changes when the spare replaces the file, and when the file replaces the spare.
    var epoch: Int { epochs.load(ordering: .sequentiallyConsistent) }

    /// Runs a transaction that is on the disk when this returns; a non-durable one is lost only in a power cut.
    @discardableResult
    func write<Value: Sendable>(
        durably: Bool = true, under fence: Fence = .none, _ body: (Database) throws -> Value
    ) throws -> Value {
        try writing.withLock { _ in try database.write(durably: durably, under: fence, body) }
    }

    /// Reads the store; the daemon switches to memory as soon as it finds that a server is unreachable.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try database.read(body)
        } catch let fault as DatabaseFault where fault.isAway && database.isAwayAsAWhole && role == .keeper {
            try writing.withLock { _ in
                if spare == nil { _ = try begin(fault) }
            }
            throw fault
        }
    }

    /// Returns the result of the last successful read while a server is unreachable, so that silences still apply.
    ///
    /// - Parameter what: the key under which the result is remembered; nil to not remember it.
    func readOrRecall<Value: Sendable>(_ what: String?, _ body: () throws -> Value) throws -> Value {
        guard let what else { return try body() }
        do {
            let value = try body()
            if database.isAwayAsAWhole, role == .keeper { recalled.withLock { $0[what] = value } }
            return value
        } catch let fault as DatabaseFault where fault.kind == .engine && trouble != nil {
            guard let known = recalled.withLock({ $0[what] }) as? Value else { throw fault }
            return known
        }
    }

    /// Reads news; there are none while a server is unreachable.
    func readWhatIsNew<Value>(_ body: () throws -> [Value]) throws -> [Value] {
        do {
            return try body()
        } catch let fault as DatabaseFault where fault.isAway && database.isAwayAsAWhole && trouble != nil {
            return []
        }
    }

    /// Writes data of the daemon's judging and sending: if the file cannot be written, it is kept in memory.
    @discardableResult
    func persist<Value: Sendable>(
        durably: Bool = true, under fence: Fence, _ body: (Database) throws -> Value
    ) throws -> Value {
        guard role == .keeper else { return try write(durably: durably, under: fence, body) }
        return try writing.withLock { _ in
            if let spare { return try write(to: spare, body) }
            do {
                return try database.write(durably: durably, body)
            } catch let fault as DatabaseFault where fault.kind == .engine {
                return try write(to: try begin(fault).database, body)
            }
        }
    }

    /// Switches to memory; the caller holds `writing`.
    private func begin(_ fault: DatabaseFault) throws -> Spare {
        let trouble = StoreTrouble(since: Timestamp(seconds: Int64(time(nil))), reason: fault.reason)
        let fresh = try Spare(trouble, beside: database)
        reserve.withLock { $0 = fresh }
        epochs.wrappingAdd(1, ordering: .sequentiallyConsistent)
        tell(.failing(reason: trouble.reason))
        return fresh
    }

    private func write<Value: Sendable>(to spare: SQLiteEngine, _ body: (Database) throws -> Value) throws -> Value {
        reserve.withLock { $0?.writes += 1 }
        return try spare.write(body)
    }

    /// Flushes non-durable writes to the disk; does nothing if there are none.
    package func settle() throws {
        guard trouble == nil else { return }
        try database.settle()
    }

    /// Copies the data that was kept in memory to the file, if that is writable again.
    package func recover() {
        let passed: Int64? = writing.withLock { _ in
            guard let spare = reserve.withLock({ $0 }) else { return nil }
            do {
                try spare.database.read { from in
                    try database.write { try Self.bring(from, into: $0) }
                }
            } catch {
                let reason = (error as? DatabaseFault)?.reason ?? "\(error)"
                reserve.withLock { $0?.trouble.reason = reason }
                return nil
            }
            reserve.withLock { $0 = nil }
            epochs.wrappingAdd(1, ordering: .sequentiallyConsistent)
            return max(0, Timestamp(seconds: Int64(time(nil))).seconds(since: spare.trouble.since))
        }
        if let passed { tell(.recovered(seconds: passed)) }
    }

    // MARK: Both together

    /// Copies waiting events and notices of the file into the spare, since they cannot be marked as handled in the
    /// file.
    func adoptWaiting(_ spare: SQLiteEngine) {
        let known = (try? spare.read { try $0.value(Int64.self, "SELECT max(origin) FROM adopted") }) ?? nil
        let waiting = try? database.read { main in
            (
                events: try main.rows(
                    """
                    SELECT id, incident, at, document FROM incident_event
                    WHERE spoken IS NULL AND id > ? ORDER BY id LIMIT 5000
                    """, [known ?? 0]),
                notices: try main.rows(
                    "SELECT * FROM notice WHERE finished IS NULL ORDER BY \(main.dialect.noticeNumber) LIMIT 5000")
            )
        }
        guard let waiting else { return }
        try? spare.write { spare in
            for row in waiting.events {
                let event = try spare.insert(
                    "INSERT INTO incident_event (incident, at, document) VALUES (?, ?, ?)",
                    [row["incident"], row["at"], row["document"]])
                try spare.execute("INSERT INTO adopted (event, origin) VALUES (?, ?)", [event, row["id"]])
            }
            for row in waiting.notices {
                try spare.execute(
                    """
                    INSERT INTO notice
                    (id, channel, incident, created, document, attempts, next_try, receipt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                    """,
                    Arguments(
                        ["id", "channel", "incident", "created", "document", "attempts", "next_try", "receipt"].map {
                            row[$0]
                        }))
            }
        }
    }

    /// Copies the content of the spare into the file, in one transaction.
    private static func bring(_ spare: Database, into main: Database) throws {
        func copy(_ select: String, _ insert: String) throws {
            try spare.each(select) { try main.execute(insert, Arguments($0.values)) }
        }
        try copy(
            "SELECT name, added, state_at, learnt_at FROM domain WHERE state_at IS NOT NULL",
            """
            INSERT INTO domain (name, added, state_at, learnt_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET state = NULL, state_at = excluded.state_at,
                learnt_at = excluded.learnt_at
            """)
        // A memory in the spare is complete, and so are the incidents to which it refers.
        try copy("SELECT DISTINCT domain FROM memory", "DELETE FROM memory WHERE domain = ?")
        try copy("SELECT DISTINCT domain FROM memory", "UPDATE incident SET kept = NULL WHERE domain = ?")
        try copy(
            "SELECT domain, part, form, body FROM memory",
            "INSERT INTO memory (domain, part, form, body) VALUES (?, ?, ?, ?)")
        for row in try spare.rows("SELECT * FROM sighting WHERE data IS NOT NULL ORDER BY id") {
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
            INSERT INTO incident (id, domain, class, severity, opened, updated, closed, document, kept)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET domain = excluded.domain, class = excluded.class,
                severity = excluded.severity, opened = excluded.opened, updated = excluded.updated,
                closed = excluded.closed, document = excluded.document, kept = excluded.kept
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
