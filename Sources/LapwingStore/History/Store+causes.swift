package import DNSWire
package import LapwingCore

/// One incident of a cause that several domains share, in short.
package struct CauseMember: Sendable, Hashable {
    /// The identifier of the incident.
    package var id: String
    /// Whose it is.
    package var domain: Name
    /// How grave it is, or was last.
    package var severity: Severity
    /// When it was opened.
    package var openedAt: Timestamp
    /// When it was closed; nil while it is open.
    package var closedAt: Timestamp?
}

extension Store {
    /// What a document says of a shared cause. The index over it is used by this very text only.
    static func sharedCause(_ dialect: any Dialect) -> String { dialect.json("document", ["shared"]) }

    private static func isOfCause(_ database: Database) -> String {
        """
        FROM incident WHERE \(sharedCause(database.dialect)) = ? AND class = ? AND opened <= ?
            AND (closed IS NULL OR closed >= ?)
        """
    }
    /// The statement that reads them, for a look at how it is carried out.
    package static func membersOfCause(_ database: Database) -> String {
        "SELECT id, domain, severity, opened, closed \(isOfCause(database)) ORDER BY opened, id LIMIT ?"
    }

    /// Incidents of the cause that an incident shares with other domains, of those that were open while it was, that one
    /// among them, oldest first; none where its cause is its own.
    ///
    /// The same class of the same cause is one message, so it is one cause here too.
    ///
    /// - Parameter limit: those that began first; all without one.
    package func members(ofCauseOf incident: Incident, limit: Int? = nil) throws -> [CauseMember] {
        guard let condition = Self.condition(incident) else { return [] }
        let rows = try read { database in
            try database.rows(Self.membersOfCause(database), condition + [limit ?? Int(Int32.max)])
        }
        return readable(rows, of: "incident") { row in
            guard let severity = Severity(rawValue: try row.get("severity")) else {
                throw RowFault("severity is unknown")
            }
            return CauseMember(
                id: try row.get("id"), domain: try Name(try row.get("domain", as: String.self)), severity: severity,
                openedAt: try row.get("opened"), closedAt: try row.find("closed", as: Timestamp.self))
        }
    }

    /// How many of them there are, and how many are open.
    package func countMembers(ofCauseOf incident: Incident) throws -> (all: Int, open: Int) {
        guard let condition = Self.condition(incident) else { return (0, 0) }
        let row = try read { database in
            try database.row(
                "SELECT count(*) AS whole, count(*) - count(closed) AS open \(Self.isOfCause(database))", condition)
        }
        return (try row?.get("whole") ?? 0, try row?.get("open") ?? 0)
    }

    private static func condition(_ incident: Incident) -> Arguments? {
        incident.shared.map { shared in
            [shared, incident.incidentClass.rawValue, incident.closedAt ?? .latest, incident.openedAt]
        }
    }
}
