package import DNSWire
import Foundation
import GRDB
package import LapwingCore

/// A change as it was written down.
package struct StoredChange: Sendable, Hashable {
    package var id: Int64
    package var domain: Name
    package var at: Timestamp
    package var change: Change
}

extension Store {
    /// Incidents, open ones first, then by their last step, newest first.
    package func incidents(of domain: Name? = nil, openOnly: Bool = false, limit: Int = 500) throws -> [Incident] {
        try database.read { database in
            let filter = [domain == nil ? nil : "domain = :domain", openOnly ? "closed IS NULL" : nil].compactMap(
                \.self)
            let condition = filter.isEmpty ? "" : "WHERE " + filter.joined(separator: " AND ")
            return try String.fetchAll(
                database,
                sql:
                    "SELECT document FROM incident \(condition) ORDER BY closed IS NOT NULL, updated DESC LIMIT :limit",
                arguments: domain.map { ["domain": $0.description, "limit": limit] } ?? ["limit": limit]
            ).map { try Self.decode(Incident.self, $0) }
        }
    }

    package func incident(_ id: String) throws -> Incident? {
        try database.read { database in
            try String.fetchOne(database, sql: "SELECT document FROM incident WHERE id = ?", arguments: [id])
                .map { try Self.decode(Incident.self, $0) }
        }
    }

    /// What happened to an incident, oldest first.
    package func events(of incident: String) throws -> [IncidentEvent] {
        try database.read { database in
            try String.fetchAll(
                database, sql: "SELECT document FROM incident_event WHERE incident = ? ORDER BY id",
                arguments: [incident]
            ).map { try Self.decode(IncidentEvent.self, $0) }
        }
    }

    /// Events after a place in the log, for those who follow along; the place of the last one comes back.
    package func events(after place: Int64, limit: Int = 200) throws -> [(place: Int64, event: IncidentEvent)] {
        try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT id, document FROM incident_event WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [place, limit]
            ).map { ($0["id"], try Self.decode(IncidentEvent.self, $0["document"])) }
        }
    }

    /// Changes, newest first.
    package func changes(of domain: Name? = nil, before: Int64? = nil, limit: Int = 200) throws -> [StoredChange] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, domain, at, document FROM change
                    WHERE (:domain IS NULL OR domain = :domain) AND (:before IS NULL OR id < :before)
                    ORDER BY id DESC LIMIT :limit
                    """,
                arguments: ["domain": domain?.description, "before": before, "limit": limit]
            ).compactMap { row in
                guard let name = try? Name(row["domain"] as String) else { return nil }
                return StoredChange(
                    id: row["id"], domain: name, at: row["at"], change: try Self.decode(Change.self, row["document"]))
            }
        }
    }
}
