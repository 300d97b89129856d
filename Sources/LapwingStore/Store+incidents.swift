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

/// A place in the list of incidents, which keeps its meaning while others come and go.
package struct IncidentPlace: Sendable, Hashable {
    package var isClosed: Bool
    /// The moment of the last step.
    package var updated: Timestamp
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

    package var text: String { "\(isClosed ? 1 : 0)~\(updated.milliseconds)~\(id)" }
}

extension Store {
    /// Incidents, open ones first, then by their last step, newest first; those after a place in that list.
    package func incidents(
        of domain: Name? = nil, openOnly: Bool = false, after place: IncidentPlace? = nil, limit: Int = 500
    ) throws -> [Incident] {
        try database.read { database in
            var texts: [String] = []
            if place?.isClosed != true {
                texts = try Self.incidents(false, of: domain, after: place, limit: limit, database)
            }
            if !openOnly, texts.count < limit {
                let after = place?.isClosed == true ? place : nil
                texts += try Self.incidents(true, of: domain, after: after, limit: limit - texts.count, database)
            }
            return try texts.map { try Self.decode(Incident.self, $0) }
        }
    }

    /// Open or closed ones; each kind has an index in this order.
    private static func incidents(
        _ isClosed: Bool, of domain: Name?, after place: IncidentPlace?, limit: Int, _ database: Database
    ) throws -> [String] {
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
        return try String.fetchAll(
            database,
            sql: """
                SELECT document FROM incident WHERE \(conditions.joined(separator: " AND "))
                ORDER BY updated DESC, id LIMIT ?
                """,
            arguments: arguments)
    }

    /// Incidents of some domains that were over after a moment.
    package func incidents(of domains: [Name], closedAfter moment: Timestamp) throws -> [Name: [Incident]] {
        guard !domains.isEmpty else { return [:] }
        return try database.read { database in
            let marks = databaseQuestionMarks(count: domains.count)
            let texts = try String.fetchAll(
                database, sql: "SELECT document FROM incident WHERE domain IN (\(marks)) AND closed > ?",
                arguments: StatementArguments(domains.map(\.description)) + [moment])
            return Dictionary(grouping: try texts.map { try Self.decode(Incident.self, $0) }, by: \.domain)
        }
    }

    /// All incidents that are open.
    package func openIncidents() throws -> [Incident] {
        try database.read { database in
            try String.fetchAll(database, sql: "SELECT document FROM incident WHERE closed IS NULL")
                .map { try Self.decode(Incident.self, $0) }
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
