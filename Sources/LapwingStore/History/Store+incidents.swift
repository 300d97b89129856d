package import DNSWire
import Foundation
package import LapwingCore

extension Store {
    /// Returns incidents of some domains that were closed after a moment, without their evidence.
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

    /// Returns all open incidents.
    package func openIncidents() throws -> [Incident] {
        incidents(
            try read { database in
                try database.rows("SELECT id, document FROM incident WHERE closed IS NULL")
            })
    }

    /// Returns one incident by its identifier; nil if there is none, or if it cannot be read.
    package func incident(_ id: String) throws -> Incident? {
        for source in [spare, database] as [(any DatabaseEngine)?] {
            let rows = try source?.read { database in
                try database.rows("SELECT id, document FROM incident WHERE id = ?", [id])
            }
            if let found = rows.map({ incidents($0) })?.first { return found }
        }
        return nil
    }

    /// Returns the events of an incident, oldest first.
    package func events(of incident: String) throws -> [IncidentEvent] {
        let rows = try read { database in
            try database.rows("SELECT id, document FROM incident_event WHERE incident = ? ORDER BY id", [incident])
        }
        return readable(rows, of: "incident_event", Self.event)
    }

    /// Returns events after a place in the log, with their places, for consumers that follow it.
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

    /// Returns changes, newest first.
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
