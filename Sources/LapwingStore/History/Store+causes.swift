package import DNSWire
package import LapwingCore

/// A summary of one incident of a cause that several domains share.
package struct CauseMember: Sendable, Hashable {
    /// The identifier of the incident.
    package var id: String
    /// The affected domain.
    package var domain: Name
    /// The severity, or the last one.
    package var severity: Severity
    /// When it was opened.
    package var openedAt: Timestamp
    /// When it was closed; nil while it is open.
    package var closedAt: Timestamp?
}

extension Store {
    /// The shared cause in a document. The index on it is used only by exactly this expression.
    static func sharedCause(_ dialect: any Dialect) -> String { dialect.json("document", ["shared"]) }

    private static func isOfCause(_ database: Database) -> String {
        """
        FROM incident WHERE \(sharedCause(database.dialect)) = ? AND class = ? AND opened <= ?
            AND (closed IS NULL OR closed >= ?)
        """
    }
    /// The query for the members, exposed for a check of its execution plan.
    package static func membersOfCause(_ database: Database) -> String {
        "SELECT id, domain, severity, opened, closed \(isOfCause(database)) ORDER BY opened, id LIMIT ?"
    }

    /// Returns the incidents of the cause that an incident shares with other domains, among those that were open at the
    /// same time, including itself, oldest first; none if it shares no cause.
    ///
    /// The same class of the same cause is one message, so it is one cause here too.
    ///
    /// - Parameter limit: the number of earliest incidents to return; nil for all.
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

    /// Returns the number of these incidents, and how many of them are open.
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
