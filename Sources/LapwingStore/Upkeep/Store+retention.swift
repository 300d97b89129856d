package import LapwingCore

extension Store {
    /// Rows of one table that go in one step: a few milliseconds in which nobody else writes.
    static let mostForgotten = 500

    /// What goes when it is older than the limit: each table, and which of its rows.
    ///
    /// What is open or waits stays, however old, and so does everything about it; memory stays always, and with it the
    /// incidents that it names.
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
        // All of a zone that is still watched comes every day.
        ("zone_set", "domain", "domain IN (SELECT domain FROM zone WHERE at < ?)"),
        ("zone", "domain", "at < ?"),
        // Whole days, so that none is left in part.
        ("day", "day, domain", "day < ? / 86400000"),
    ]

    /// Makes the parts of history that come after a moment, where the engine keeps it in parts; see ``forgetParts(before:)``.
    package func prepareHistory(at now: Timestamp) throws {
        guard database.keepsHistoryInParts else { return }
        try write(durably: false, under: .desk) { try $0.dialect.prepareHistory($0, at: now) }
    }

    /// Drops what is older than anybody will ask for, as far as whole parts of history are.
    ///
    /// - Returns: the names of the parts; none where the engine has no parts. ``forgetSome(before:)`` does the rest.
    package func forgetParts(before limit: Timestamp) throws -> [String] {
        guard database.keepsHistoryInParts else { return [] }
        return try write(durably: false, under: .desk) { try $0.dialect.dropHistory($0, before: limit) }
    }

    /// Deletes some of what is older than anybody will ask for.
    ///
    /// - Returns: how many rows went; when it is 0, nothing is left to delete.
    package func forgetSome(before limit: Timestamp) throws -> Int {
        // What must go with the incident goes before it, so that no step leaves parts without a whole.
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

    /// The latest moment at which anything was written down; nil for a new store.
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

    /// Makes the file as small as what it holds; nobody else can write meanwhile.
    package func compact() throws { try database.compact() }
}
