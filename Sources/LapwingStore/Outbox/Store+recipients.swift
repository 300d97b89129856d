package import LapwingCore

/// Notices that some of a channel's recipients have and others have not.
extension Store {
    /// What became of a notice at one recipient who has not got it with the others.
    package struct Remainder: Sendable, Hashable {
        /// Who.
        package var recipient: String
        /// Tries so far.
        package var attempts: Int
        /// When the next one is due; nil when there is none.
        package var nextTry: Timestamp?
        /// Why.
        package var receipt: String

        package init(recipient: String, attempts: Int, nextTry: Timestamp?, receipt: String) {
            self.recipient = recipient
            self.attempts = attempts
            self.nextTry = nextTry
            self.receipt = receipt
        }
    }

    /// The recipients of a channel that an earlier notice of an incident waits for.
    package func recipientsWaiting(for incident: String, on channel: String) throws -> Set<String> {
        try outbox.read { database in
            let recipient = database.dialect.json("document", ["recipients", "0"])
            return Set(
                try database.values(
                    String.self,
                    """
                    SELECT \(recipient) FROM notice
                    WHERE incident = ? AND channel = ? AND finished IS NULL
                        AND \(recipient) IS NOT NULL
                    """, [incident, channel]))
        }
    }

    /// Ends the tries of a notice as a whole; each recipient who has not got it has an entry of its own from then on. One
    /// transaction, so that nobody gets it twice or never.
    ///
    /// - Parameter receipt: what the try came to for those that have no entry of their own.
    package func divide(
        _ entry: OutboxEntry, receipt: String, into remainders: [Remainder], at now: Timestamp
    ) throws {
        let rows = try remainders.map { remainder in
            let part = entry.notice.part(for: remainder.recipient)
            return (remainder: remainder, id: part.id, document: try Self.encode(part))
        }
        let change = { @Sendable (database: Database) -> Bool in
            let count = try database.execute(
                "UPDATE notice SET finished = ?, receipt = ?, attempts = attempts + 1 WHERE id = ?",
                [now, receipt, entry.notice.id])
            guard count > 0 else { return false }
            for row in rows {
                let isOver = row.remainder.nextTry == nil
                try database.execute(
                    """
                    INSERT INTO notice
                    (id, channel, incident, created, document, attempts, next_try, finished, receipt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                    """,
                    [
                        row.id, entry.notice.channel, entry.notice.incident, entry.created, row.document,
                        row.remainder.attempts, row.remainder.nextTry ?? now, isOver ? now : nil,
                        row.remainder.receipt,
                    ])
            }
            return true
        }
        guard try !persist(under: .desk, change), let spare else { return }
        // The file failed just now: the notice is still there, and has to be divided in memory.
        adoptWaiting(spare)
        _ = try persist(under: .desk, change)
    }
}
