package import DNSWire
import GRDB
package import LapwingCore

/// One incident of a cause that several domains share, in short.
package struct CauseMember: Sendable, Hashable {
    package var id: String
    package var domain: Name
    package var severity: Severity
    package var openedAt: Timestamp
    package var closedAt: Timestamp?
}

extension Store {
    /// What a document says of a shared cause. The index over it is used by this very text only.
    static let sharedCause = "iif(json_valid(document), json_extract(document, '$.shared'), NULL)"

    package static let membersOfCause = """
        SELECT id, domain, severity, opened, closed FROM incident
        WHERE \(sharedCause) = ? AND class = ? AND opened <= ? AND (closed IS NULL OR closed >= ?)
        ORDER BY opened, domain, id
        """

    /// Incidents of the cause that an incident shares with other domains, of those that were open while it was, that one
    /// among them, oldest first; none where its cause is its own.
    ///
    /// The same class of the same cause is one message, so it is one cause here too.
    package func members(ofCauseOf incident: Incident) throws -> [CauseMember] {
        guard let shared = incident.shared else { return [] }
        let rows = try database.read { database in
            try Row.fetchAll(
                database, sql: Self.membersOfCause,
                arguments: [
                    shared, incident.incidentClass.rawValue, incident.closedAt ?? .latest, incident.openedAt,
                ])
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
}
