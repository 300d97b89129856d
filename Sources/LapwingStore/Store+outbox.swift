import Foundation
import GRDB
package import LapwingCore

/// A notice on its way out, or what became of it.
package struct OutboxEntry: Sendable, Hashable {
    package var notice: Notice
    package var attempts: Int
    package var nextTry: Timestamp
    package var finished: Timestamp?
    package var receipt: String?
}

extension Store {
    private static let saidKey = "said"

    /// Works out what to say about the events nobody has spoken of yet, and puts it into the outbox.
    ///
    /// Reading the events, marking them and writing the notices is one transaction: a crash before it repeats the whole,
    /// a crash after it loses nothing.
    ///
    /// - Returns: how many notices were put in.
    @discardableResult
    package func speak(
        at now: Timestamp, _ decide: @Sendable ([IncidentEvent], SaidLog) -> (notices: [Notice], said: SaidLog)
    ) throws -> Int {
        let waiting = try database.read { database in
            try Int.fetchOne(database, sql: "SELECT 1 FROM incident_event WHERE spoken IS NULL LIMIT 1") != nil
        }
        guard waiting else { return 0 }
        return try database.write { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT id, document FROM incident_event WHERE spoken IS NULL ORDER BY id LIMIT 5000")
            let events = try rows.map { try Self.decode(IncidentEvent.self, $0["document"]) }
            let log = try String.fetchOne(
                database, sql: "SELECT value FROM memo WHERE key = ?", arguments: [Self.saidKey])
            let said = log.flatMap { try? Self.decode(SaidLog.self, $0) } ?? SaidLog()
            let (notices, next) = decide(events, said)
            for row in rows {
                try database.execute(
                    sql: "UPDATE incident_event SET spoken = ? WHERE id = ?", arguments: [now, row["id"] as Int64])
            }
            for notice in notices {
                try database.execute(
                    sql: """
                        INSERT INTO notice (id, channel, incident, created, document, next_try) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (id) DO NOTHING
                        """,
                    arguments: [notice.id, notice.channel, notice.incident, now, Self.encode(notice), now])
            }
            try database.execute(
                sql:
                    "INSERT INTO memo (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                arguments: [Self.saidKey, Self.encode(next)])
            return notices.count
        }
    }

    /// Notices whose time has come, the oldest first.
    package func due(at now: Timestamp, limit: Int = 50) throws -> [OutboxEntry] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM notice WHERE finished IS NULL AND next_try <= ? ORDER BY created, id LIMIT ?",
                arguments: [now, limit]
            ).map(Self.entry)
        }
    }

    /// When the next notice is due; nil when none waits.
    package func nextTry() throws -> Timestamp? {
        try database.read { database in
            try Timestamp.fetchOne(database, sql: "SELECT min(next_try) FROM notice WHERE finished IS NULL")
        }
    }

    package func finish(notice id: String, receipt: String, at now: Timestamp) throws {
        try database.write { database in
            try database.execute(
                sql: "UPDATE notice SET finished = ?, receipt = ?, attempts = attempts + 1 WHERE id = ?",
                arguments: [now, receipt, id])
        }
    }

    package func postpone(notice id: String, until next: Timestamp, reason: String) throws {
        try database.write { database in
            try database.execute(
                sql: "UPDATE notice SET next_try = ?, receipt = ?, attempts = attempts + 1 WHERE id = ?",
                arguments: [next, reason, id])
        }
    }

    /// The notices about an incident and what became of them.
    package func notices(of incident: String) throws -> [OutboxEntry] {
        try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM notice WHERE incident = ? ORDER BY created, id", arguments: [incident]
            ).map(Self.entry)
        }
    }

    private static func entry(_ row: Row) throws -> OutboxEntry {
        OutboxEntry(
            notice: try decode(Notice.self, row["document"]), attempts: row["attempts"], nextTry: row["next_try"],
            finished: row["finished"], receipt: row["receipt"])
    }
}
