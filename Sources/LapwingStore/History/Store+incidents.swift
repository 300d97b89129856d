package import DNSWire
import Foundation
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

extension Store {
    /// Incidents of some domains that were over after a moment, without their evidence.
    package func incidents(of domains: [Name], closedAfter moment: Timestamp) throws -> [Name: [Incident]] {
        guard !domains.isEmpty else { return [:] }
        let rows = try read { database in
            try database.rows(
                """
                SELECT id, \(database.dialect.briefDocument) FROM incident
                WHERE domain IN \(database.dialect.list) AND closed > ?
                """, [try Self.encode(domains.map(\.description)), moment])
        }
        return Dictionary(grouping: incidents(rows, isBrief: true), by: \.domain)
    }

    /// All incidents that are open.
    package func openIncidents() throws -> [Incident] {
        incidents(
            try read { database in
                try database.rows("SELECT id, document FROM incident WHERE closed IS NULL")
            })
    }

    /// One incident by its identifier; nil when there is none, or it cannot be read.
    package func incident(_ id: String) throws -> Incident? {
        for source in [spare, database] as [(any DatabaseEngine)?] {
            let rows = try source?.read { database in
                try database.rows("SELECT id, document FROM incident WHERE id = ?", [id])
            }
            if let found = rows.map({ incidents($0) })?.first { return found }
        }
        return nil
    }

    /// What happened to an incident, oldest first.
    package func events(of incident: String) throws -> [IncidentEvent] {
        let rows = try read { database in
            try database.rows("SELECT id, document FROM incident_event WHERE incident = ? ORDER BY id", [incident])
        }
        return readable(rows, of: "incident_event", Self.event)
    }

    /// Events after a place in the log, for those who follow along; the place of the last one comes back.
    package func events(after place: Int64, limit: Int = 200) throws -> [(place: Int64, event: IncidentEvent)] {
        let rows = try read { database in
            try database.rows(
                "SELECT id, document FROM incident_event WHERE id > ? ORDER BY id LIMIT ?", [place, limit])
        }
        return readable(rows, of: "incident_event") { (try $0.get("id"), try Self.event($0)) }
    }

    static func event(_ row: Row) throws -> IncidentEvent {
        try decode(IncidentEvent.self, try row.get("document", as: String.self))
    }

    /// Changes, newest first.
    package func changes(of domain: Name? = nil, before: Int64? = nil, limit: Int = 200) throws -> [StoredChange] {
        let rows = try read { database in
            let condition = domain == nil ? "" : "AND domain = ?"
            return try database.rows(
                "SELECT id, domain, at, document FROM change WHERE id < ? \(condition) ORDER BY id DESC LIMIT ?",
                [before ?? .max] + (domain.map { [$0.description] } ?? []) + [limit])
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
