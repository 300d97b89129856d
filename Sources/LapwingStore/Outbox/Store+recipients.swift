package import LapwingCore

/// Notices that only some of a channel's recipients have got.
extension Store {
    /// The delivery state for a recipient who has not got the notice with the others.
    package struct Remainder: Sendable, Hashable {
        /// The recipient.
        package var recipient: String
        /// Tries so far.
        package var attempts: Int
        /// When the next try is due; nil if there is none.
        package var nextTry: Timestamp?
        /// The reason.
        package var receipt: String

        package init(recipient: String, attempts: Int, nextTry: Timestamp?, receipt: String) {
            self.recipient = recipient
            self.attempts = attempts
            self.nextTry = nextTry
            self.receipt = receipt
        }
    }

    /// Returns the recipients of a channel for whom an earlier notice about an incident waits.
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

    /// Ends the delivery of a notice as a whole, and creates an entry for each recipient who has not got it. This is
    /// one transaction, so that no recipient gets the notice twice or never.
    ///
    /// - Parameter receipt: the result of the try for the recipients without an entry of their own.
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
        // The file failed just now: the notice is still in it, and must be divided in memory.
        adoptWaiting(spare)
        _ = try persist(under: .desk, change)
    }
}
