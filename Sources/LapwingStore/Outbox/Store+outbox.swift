import Foundation
package import LapwingCore

extension Store {
    private static let saidKey = "said"
    /// The largest number of events that are processed in one transaction.
    private static let mostEvents = 5000

    /// Decides about the notices for events that have not been processed, and puts these into the outbox.
    ///
    /// Reading the events, marking them and writing the notices is one transaction: after a crash before its end all of
    /// it is repeated, after a crash later nothing is lost. An unreadable event is marked too, so that it does not
    /// block others.
    ///
    /// - Parameters:
    ///   - due: the previous result; at that moment a notice may become due even if no event waits.
    ///   - decide: called with new events, events whose silence has ended, and the log of what was sent.
    /// - Returns: when a notice may become due without a new event; nil if never.
    @discardableResult
    package func speak(
        at now: Timestamp, due: Timestamp?,
        _ decide: @Sendable (_ new: [IncidentEvent], _ released: [IncidentEvent], SaidLog) -> Speech
    ) throws -> Timestamp? {
        if let spare { adoptWaiting(spare) }
        let waiting = try outbox.read { database in
            try database.value(
                Int.self,
                """
                SELECT EXISTS (SELECT 1 FROM incident_event WHERE spoken IS NULL)
                    OR EXISTS (SELECT 1 FROM incident_event WHERE held <= ?)
                """, [now]) == 1
        }
        guard waiting || due.map({ $0 <= now }) ?? false else { return due }
        var unread: [(row: Int64, error: any Error, data: Data?)] = []
        let next = try persist(under: .desk) { database in
            unread = []
            let new = try database.rows(
                "SELECT id, document FROM incident_event WHERE spoken IS NULL ORDER BY id LIMIT \(Self.mostEvents)"
            )
            let released = try Self.released(database, at: now)
            func events(_ rows: [Row]) throws -> [IncidentEvent] {
                try rows.compactMap { row in
                    do {
                        return try Self.event(row)
                    } catch {
                        unread.append((try row.get("id"), error, Data(stored: row["document"])))
                        return nil
                    }
                }
            }
            let said = try Self.said(database) ?? SaidLog()
            let speech = decide(try events(new), try events(released), said)
            for row in new + released {
                let event = try? Self.event(row)
                let tellings = event.flatMap { speech.tellings[$0.id] }
                try database.execute(
                    "UPDATE incident_event SET spoken = ?, held = ?, tellings = ? WHERE id = ?",
                    [
                        now, event.flatMap { speech.held[$0.id] }, try tellings.map { try Self.encode($0) },
                        row["id"],
                    ])
            }
            for notice in speech.notices {
                try database.execute(
                    """
                    INSERT INTO notice (id, channel, incident, created, document, next_try) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO NOTHING
                    """, [notice.id, notice.channel, notice.incident, now, Self.encode(notice), now])
            }
            if speech.said != said { try Self.keep(said: speech.said, database) }
            return [try Self.nextRelease(database), speech.next].compactMap { $0 }.min()
        }
        for fault in unread { setAside("incident_event", row: "\(fault.row)", fault.error, data: fault.data) }
        return next
    }

    /// Returns events whose silence has ended. If an incident has a later event, that one counts instead.
    private static func released(_ database: Database, at now: Timestamp) throws -> [Row] {
        let rows = try database.rows(
            """
            SELECT id, document FROM incident_event AS event WHERE held <= ? AND NOT EXISTS
                (SELECT 1 FROM incident_event WHERE incident = event.incident AND id > event.id)
            ORDER BY id LIMIT \(mostEvents)
            """, [now])
        try database.execute(
            """
            UPDATE incident_event SET held = NULL WHERE held <= ? AND EXISTS
                (SELECT 1 FROM incident_event AS later
                 WHERE later.incident = incident_event.incident AND later.id > incident_event.id)
            """, [now])
        return rows
    }

    /// Returns the end of the next silence that mutes an event.
    private static func nextRelease(_ database: Database) throws -> Timestamp? {
        try database.value(
            Timestamp.self, "SELECT held FROM incident_event WHERE held IS NOT NULL ORDER BY held LIMIT 1")
    }

    /// Returns the log of what was sent; nil if it cannot be read.
    static func said(_ database: Database) throws -> SaidLog? {
        let text = try database.value(String.self, "SELECT value FROM memo WHERE key = ?", [saidKey])
        return text.flatMap { try? decode(SaidLog.self, $0) }
    }

    /// Stores a value under a key; all values are bytes.
    static let memo = Database.replacement(in: "memo", by: ["key"], ["key", "value"])

    static func keep(said: SaidLog, _ database: Database) throws {
        try database.execute(memo, [saidKey, Data(try encode(said).utf8)])
    }

    /// The storage of notices: memory while the file cannot be written.
    var outbox: any DatabaseEngine { spare ?? database }

    /// Returns due notices, the oldest first, up to a limit per channel; none before an earlier one about its incident
    /// to the same recipients. The rows determine which one is older, not a clock that may have been set since.
    ///
    /// An unreadable notice is finished, so that it does not block others.
    package func due(at now: Timestamp, limit: Int = 50) throws -> [OutboxEntry] {
        let rows = try outbox.read { database in
            let (dialect, number) = (database.dialect, database.dialect.noticeNumber)
            func recipients(_ table: String) -> String {
                "coalesce(\(dialect.json("\(table).document", ["recipients"])), '')"
            }
            return try database.rows(
                """
                SELECT * FROM (
                    SELECT one.*, one.\(number) AS place_of_all,
                        row_number() OVER (PARTITION BY channel ORDER BY \(number)) AS place
                    FROM notice AS one WHERE finished IS NULL AND next_try <= ? AND NOT EXISTS
                        (SELECT 1 FROM notice AS earlier WHERE incident = one.incident AND channel = one.channel
                         AND finished IS NULL AND next_try > ? AND earlier.\(number) < one.\(number)
                         AND \(recipients("earlier")) = \(recipients("one")))) AS waiting
                WHERE place <= ? ORDER BY place_of_all
                """, [now, now, limit])
        }
        let entries = readable(rows, of: "notice", Self.outboxEntry)
        let read = Set(entries.map(\.notice.id))
        for row in rows {
            guard let id = String(stored: row["id"]), !read.contains(id) else { continue }
            try finish(notice: id, receipt: "cannot be read", at: now)
        }
        return entries
    }

    /// Returns when the next notice is due; nil if none waits.
    package func nextTry() throws -> Timestamp? {
        try outbox.read { database in
            try database.value(Timestamp.self, "SELECT min(next_try) FROM notice WHERE finished IS NULL")
        }
    }

    /// Moves the times of waiting notices after the wall clock was set, so that nothing is tried days late or given up
    /// early.
    package func moveWaiting(bySeconds step: Int64) throws {
        try persist(under: .desk) { database in
            try database.execute(
                "UPDATE notice SET next_try = next_try + ?, created = created + ? WHERE finished IS NULL",
                [step * 1000, step * 1000])
        }
    }

    /// Makes notices due at once whose try is later than the longest possible pause, which a wrong wall clock has
    /// caused.
    package func hurryWaiting(after limit: Timestamp, at now: Timestamp) throws {
        try persist(under: .desk) { database in
            try database.execute(
                "UPDATE notice SET next_try = ? WHERE finished IS NULL AND next_try > ?", [now, limit])
        }
    }

    /// Makes all notices over a channel due at once.
    package func hurryWaiting(over channel: String, at now: Timestamp) throws {
        try persist(under: .desk) { database in
            try database.execute(
                "UPDATE notice SET next_try = ? WHERE finished IS NULL AND channel = ? AND next_try > ?",
                [now, channel, now])
        }
    }

    /// Ends the delivery of a notice, with the result of the last try.
    package func finish(notice id: String, receipt: String, at now: Timestamp) throws {
        try settle(
            notice: id, "UPDATE notice SET finished = ?, receipt = ?, attempts = attempts + 1 WHERE id = ?",
            [now, receipt, id])
    }

    /// Postpones a notice until its next try, with the reason for the failure.
    package func postpone(notice id: String, until next: Timestamp, reason: String) throws {
        try settle(
            notice: id, "UPDATE notice SET next_try = ?, receipt = ?, attempts = attempts + 1 WHERE id = ?",
            [next, reason, id])
    }

    private func settle(notice id: String, _ statement: String, _ arguments: Arguments) throws {
        let isFound = try persist(under: .desk) { database in
            try database.execute(statement, arguments) > 0
        }
        // The file failed just now: the notice is still in it, and must be settled in memory.
        guard !isFound, let spare else { return }
        adoptWaiting(spare)
        try persist(under: .desk) { try $0.execute(statement, arguments) }
    }

    /// Returns the delivery decisions for each event of an incident at each channel, oldest first; nil if not decided
    /// yet.
    package func tellings(of incident: String) throws -> [(event: IncidentEvent, tellings: [Telling]?)] {
        let rows = try read { database in
            try database.rows(
                "SELECT id, document, tellings FROM incident_event WHERE incident = ? ORDER BY id", [incident])
        }
        return readable(rows, of: "incident_event") { row in
            let tellings = try row.find("tellings", as: String.self).map { try Self.decode([Telling].self, $0) }
            return (try Self.event(row), tellings)
        }
    }

    /// Returns the notices about an incident with their delivery states.
    package func notices(of incident: String) throws -> [OutboxEntry] {
        let rows = try read { database in
            try database.rows("SELECT * FROM notice WHERE incident = ? ORDER BY created, id", [incident])
        }
        return readable(rows, of: "notice", Self.outboxEntry)
    }

    static func outboxEntry(_ row: Row) throws -> OutboxEntry {
        OutboxEntry(
            notice: try decode(Notice.self, try row.get("document", as: String.self)), created: try row.get("created"),
            attempts: try row.get("attempts"), nextTry: try row.get("next_try"), finished: try row.find("finished"),
            receipt: try row.find("receipt"))
    }
}
