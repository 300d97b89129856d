package import DNSWire
import Foundation
import GRDB
package import LapwingCore

/// A change as it was written down.
package struct StoredChange: Sendable, Hashable {
    /// Grows with each change; a page of the list goes on below it.
    package var id: Int64
    /// The watched domain.
    package var domain: Name
    /// When it was written down.
    package var at: Timestamp
    /// What was changed.
    package var change: Change

    package init(id: Int64, domain: Name, at: Timestamp, change: Change) {
        self.id = id
        self.domain = domain
        self.at = at
        self.change = change
    }
}

/// A place in the list of incidents, which keeps its meaning while others come and go.
package struct IncidentPlace: Sendable, Hashable {
    /// Whether it is among the closed incidents, which come after all open ones.
    package var isClosed: Bool
    /// The moment of the last step.
    package var updated: Timestamp
    /// The incident's identifier, which orders those of one moment.
    package var id: String

    package init(_ incident: Incident) {
        isClosed = incident.closedAt != nil
        updated = incident.steps.last?.at ?? incident.lastFound
        id = incident.id
    }

    /// Reads ``text``; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "~", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, ["0", "1"].contains(parts[0]), let updated = Int64(parts[1]) else { return nil }
        isClosed = parts[0] == "1"
        self.updated = Timestamp(milliseconds: updated)
        id = String(parts[2])
    }

    /// The place as a word for URLs: `1~1790000000000~example.com-7`.
    package var text: String { "\(isClosed ? 1 : 0)~\(updated.milliseconds)~\(id)" }
}

extension Store {
    /// Incidents, open ones first, then by their last step, newest first; those after a place in that list.
    package func incidents(
        of domain: Name? = nil, openOnly: Bool = false, after place: IncidentPlace? = nil, limit: Int = 500
    ) throws -> [Incident] {
        let rows = try database.read { database in
            var rows: [Row] = []
            if place?.isClosed != true {
                rows = try Self.incidents(false, of: domain, after: place, limit: limit, database)
            }
            if !openOnly, rows.count < limit {
                let after = place?.isClosed == true ? place : nil
                rows += try Self.incidents(true, of: domain, after: after, limit: limit - rows.count, database)
            }
            return rows
        }
        let found = incidents(rows)
        // Rows that cannot be read must not look like the end of the list.
        let left = rows.count - found.count
        guard left > 0, rows.count == limit else { return found }
        let more = try incidents(of: domain, openOnly: openOnly, after: place, limit: limit + left)
        return Array(more.prefix(limit))
    }

    private func incidents(_ rows: [Row]) -> [Incident] {
        readable(rows, of: "incident") { try Self.decode(Incident.self, try $0.get("document", as: String.self)) }
    }

    /// Open or closed ones; each kind has an index in this order.
    private static func incidents(
        _ isClosed: Bool, of domain: Name?, after place: IncidentPlace?, limit: Int, _ database: Database
    ) throws -> [Row] {
        var conditions = [isClosed ? "closed IS NOT NULL" : "closed IS NULL"]
        var arguments = StatementArguments()
        if let domain {
            conditions.append("domain = ?")
            arguments += [domain.description]
        }
        if let place {
            conditions.append("(updated < ? OR (updated = ? AND id > ?))")
            arguments += [place.updated, place.updated, place.id]
        }
        arguments += [limit]
        return try Row.fetchAll(
            database,
            sql: """
                SELECT id, document FROM incident WHERE \(conditions.joined(separator: " AND "))
                ORDER BY updated DESC, id LIMIT ?
                """,
            arguments: arguments)
    }

    /// Incidents of some domains that were over after a moment.
    package func incidents(of domains: [Name], closedAfter moment: Timestamp) throws -> [Name: [Incident]] {
        guard !domains.isEmpty else { return [:] }
        let rows = try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, document FROM incident
                    WHERE domain IN (\(databaseQuestionMarks(count: domains.count))) AND closed > ?
                    """,
                arguments: StatementArguments(domains.map(\.description)) + [moment])
        }
        return Dictionary(grouping: incidents(rows), by: \.domain)
    }

    /// All incidents that are open.
    package func openIncidents() throws -> [Incident] {
        incidents(
            try database.read { database in
                try Row.fetchAll(database, sql: "SELECT id, document FROM incident WHERE closed IS NULL")
            })
    }

    /// One incident by its identifier; nil when there is none, or it cannot be read.
    package func incident(_ id: String) throws -> Incident? {
        for source in [spare, database] as [(any DatabaseReader)?] {
            let rows = try source?.read { database in
                try Row.fetchAll(database, sql: "SELECT id, document FROM incident WHERE id = ?", arguments: [id])
            }
            if let found = rows.map(incidents)?.first { return found }
        }
        return nil
    }

    /// What happened to an incident, oldest first.
    package func events(of incident: String) throws -> [IncidentEvent] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT id, document FROM incident_event WHERE incident = ? ORDER BY id",
                arguments: [incident])
        }
        return readable(rows, of: "incident_event", Self.event)
    }

    /// Events after a place in the log, for those who follow along; the place of the last one comes back.
    package func events(after place: Int64, limit: Int = 200) throws -> [(place: Int64, event: IncidentEvent)] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT id, document FROM incident_event WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [place, limit])
        }
        return readable(rows, of: "incident_event") { (try $0.get("id"), try Self.event($0)) }
    }

    static func event(_ row: Row) throws -> IncidentEvent {
        try decode(IncidentEvent.self, try row.get("document", as: String.self))
    }

    /// Changes, newest first.
    package func changes(of domain: Name? = nil, before: Int64? = nil, limit: Int = 200) throws -> [StoredChange] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, domain, at, document FROM change
                    WHERE (:domain IS NULL OR domain = :domain) AND (:before IS NULL OR id < :before)
                    ORDER BY id DESC LIMIT :limit
                    """,
                arguments: ["domain": domain?.description, "before": before, "limit": limit])
        }
        let found = readable(rows, of: "change") { row in
            StoredChange(
                id: try row.get("id"), domain: try Name(try row.get("domain", as: String.self)),
                at: try row.get("at"), change: try Self.decode(Change.self, try row.get("document", as: String.self)))
        }
        let left = rows.count - found.count
        guard left > 0, rows.count == limit else { return found }
        return Array(try changes(of: domain, before: before, limit: limit + left).prefix(limit))
    }
}
