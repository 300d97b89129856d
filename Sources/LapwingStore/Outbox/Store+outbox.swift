import Foundation
package import LapwingCore

/// A notice on its way out, or what became of it.
package struct OutboxEntry: Sendable, Hashable {
    /// The message.
    package var notice: Notice
    /// When it was put into the outbox.
    package var created: Timestamp
    /// Tries so far.
    package var attempts: Int
    /// When the next try is due; of no meaning once it is finished.
    package var nextTry: Timestamp
    /// When it was taken, refused or given up; nil while it waits.
    package var finished: Timestamp?
    /// What the last try came to, in words; nil before the first one.
    package var receipt: String?
}

extension Store {
    private static let saidKey = "said"
    /// Events that are spoken of in one transaction.
    private static let mostEvents = 5000

    /// Works out what to say about the events nobody has spoken of yet, and puts it into the outbox.
    ///
    /// Reading the events, marking them and writing the notices is one transaction: a crash before it repeats the whole,
    /// a crash after it loses nothing. An event that cannot be read is marked too, so that it holds up no other.
    ///
    /// - Parameters:
    ///   - due: what this returned the last time; at that moment there may be something to say although no event waits.
    ///   - decide: is given new events, those that a silence no longer holds back, and what was said.
    /// - Returns: when there may be something to say although nothing happens; nil when there is not.
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

    /// Events that a silence no longer holds back; of an incident to which something has happened since, that is what counts.
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

    /// When the next silence that holds something back ends.
    private static func nextRelease(_ database: Database) throws -> Timestamp? {
        try database.value(
            Timestamp.self, "SELECT held FROM incident_event WHERE held IS NOT NULL ORDER BY held LIMIT 1")
    }

    /// What was said; nothing where that cannot be read.
    static func said(_ database: Database) throws -> SaidLog? {
        let text = try database.value(String.self, "SELECT value FROM memo WHERE key = ?", [saidKey])
        return text.flatMap { try? decode(SaidLog.self, $0) }
    }

    /// Keeps a value under a key; all values are bytes.
    static let memo = Database.replacement(in: "memo", by: ["key"], ["key", "value"])

    static func keep(said: SaidLog, _ database: Database) throws {
        try database.execute(memo, [saidKey, Data(try encode(said).utf8)])
    }

    /// Where notices wait: in memory while the file cannot be written.
    var outbox: any DatabaseEngine { spare ?? database }

    /// Notices whose time has come, the oldest first, so many of each channel; none before an earlier one of its incident to
    /// the same recipients. Which one is older is told by their rows, not by a clock that may have been set since.
    ///
    /// One that cannot be read is finished, so that others get their turn.
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

    /// When the next notice is due; nil when none waits.
    package func nextTry() throws -> Timestamp? {
        try outbox.read { database in
            try database.value(Timestamp.self, "SELECT min(next_try) FROM notice WHERE finished IS NULL")
        }
    }

    /// Moves what waits along with a wall clock that was set, so that nothing is tried days late or given up early.
    package func moveWaiting(bySeconds step: Int64) throws {
        try persist(under: .desk) { database in
            try database.execute(
                "UPDATE notice SET next_try = next_try + ?, created = created + ? WHERE finished IS NULL",
                [step * 1000, step * 1000])
        }
    }

    /// Takes up at once what a wall clock of another time put off by more than any pause is long.
    package func hurryWaiting(after limit: Timestamp, at now: Timestamp) throws {
        try persist(under: .desk) { database in
            try database.execute(
                "UPDATE notice SET next_try = ? WHERE finished IS NULL AND next_try > ?", [now, limit])
        }
    }

    /// Ends the tries of a notice, with what the last one came to.
    package func finish(notice id: String, receipt: String, at now: Timestamp) throws {
        try settle(
            notice: id, "UPDATE notice SET finished = ?, receipt = ?, attempts = attempts + 1 WHERE id = ?",
            [now, receipt, id])
    }

    /// Puts a notice off until its next try, with the reason why this one failed.
    package func postpone(notice id: String, until next: Timestamp, reason: String) throws {
        try settle(
            notice: id, "UPDATE notice SET next_try = ?, receipt = ?, attempts = attempts + 1 WHERE id = ?",
            [next, reason, id])
    }

    private func settle(notice id: String, _ statement: String, _ arguments: Arguments) throws {
        let isFound = try persist(under: .desk) { database in
            try database.execute(statement, arguments) > 0
        }
        // The file failed just now: the notice is still there, and has to be settled in memory.
        guard !isFound, let spare else { return }
        adoptWaiting(spare)
        try persist(under: .desk) { try $0.execute(statement, arguments) }
    }

    /// What became of each event of an incident at each channel, oldest first; nil for those not decided yet.
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

    /// The notices about an incident and what became of them.
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
