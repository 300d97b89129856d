package import LapwingCore

extension Store {
    /// Rows of one table that are deleted in one step, which blocks other writers for a few milliseconds.
    static let mostForgotten = 500

    /// The records that are deleted once they are older than the limit: each table with a condition for its rows.
    ///
    /// Open incidents and waiting notices stay regardless of their age, with all related records; memory always stays,
    /// and so do the incidents to which it refers.
    private static let old: [(table: String, key: String, condition: String)] = [
        ("sighting", "id", "ended < ?"),
        ("change", "id", "at < ?"),
        (
            "incident_event", "id",
            "spoken IS NOT NULL AND incident IN (SELECT id FROM incident WHERE closed < ? AND kept IS NULL)"
        ),
        ("notice", "id", "finished < ? AND incident NOT IN (SELECT id FROM incident WHERE closed IS NULL)"),
        (
            "request", "id",
            """
            done < ? AND (incident IS NULL OR incident NOT IN (SELECT id FROM incident WHERE closed IS NULL))
            """
        ),
        (
            "incident", "id",
            """
            closed < ? AND kept IS NULL AND id NOT IN (SELECT incident FROM incident_event WHERE spoken IS NULL)
                AND id NOT IN (SELECT incident FROM notice WHERE finished IS NULL)
            """
        ),
        ("silence", "id", "ended < ?"),
        ("acknowledgement", "incident", "ended < ?"),
        ("announcement", "id", "over < ?"),
        ("unreadable", "id", "at < ?"),
        // A zone that is still watched is transferred completely every day.
        ("zone_set", "domain", "domain IN (SELECT domain FROM zone WHERE at < ?)"),
        ("zone", "domain", "at < ?"),
        // Only whole days are deleted.
        ("day", "day, domain", "day < ? / 86400000"),
    ]

    /// Creates the next parts of the history, if the engine keeps it in parts; see ``forgetParts(before:)``.
    package func prepareHistory(at now: Timestamp) throws {
        guard database.keepsHistoryInParts else { return }
        try write(durably: false, under: .desk) { try $0.dialect.prepareHistory($0, at: now) }
    }

    /// Drops the parts of the history that lie completely before the limit.
    ///
    /// - Returns: the names of the parts; empty if the engine has no parts. ``forgetSome(before:)`` deletes the rest.
    package func forgetParts(before limit: Timestamp) throws -> [String] {
        guard database.keepsHistoryInParts else { return [] }
        return try write(durably: false, under: .desk) { try $0.dialect.dropHistory($0, before: limit) }
    }

    /// Deletes some of the rows older than the limit.
    ///
    /// - Returns: the number of deleted rows; 0 if there is nothing left to delete.
    package func forgetSome(before limit: Timestamp) throws -> Int {
        // Dependent records are deleted before their incident, so that no step leaves orphans.
        for (table, key, condition) in Self.old {
            let count = try write(durably: false, under: .desk) { database in
                let rows = database.dialect.rows(withoutPartOf: table)
                return try database.execute(
                    """
                    DELETE FROM \(rows) WHERE (\(key)) IN
                    (SELECT \(key) FROM \(rows) WHERE \(condition) LIMIT \(Self.mostForgotten))
                    """, [limit])
            }
            if count > 0 { return count }
        }
        return try forgetSomeOfJournal(before: limit)
    }

    /// Returns the time of the latest record; nil for a new store.
    package func latestMoment() throws -> Timestamp? { try read(latestMoment) }

    func latestMoment(_ database: Database) throws -> Timestamp? {
        try database.value(
            Timestamp.self,
            """
            SELECT max(at) FROM (
                SELECT max(state_at) AS at FROM domain UNION ALL SELECT max(at) FROM change
                UNION ALL SELECT max(updated) FROM incident) AS moments
            """)
    }

    /// Shrinks the file to the size of its content; no other process can write meanwhile.
    package func compact() throws { try database.compact() }
}
