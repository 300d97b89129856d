package import DNSWire
import GRDB
package import LapwingCore

extension Store {
    /// Domains that were added at run time, with what was said of them, by name.
    package func addedDomains() throws -> [(domain: Name, options: String)] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT name, options FROM domain WHERE options IS NOT NULL ORDER BY name")
                .compactMap { row in (try? Name(row["name"] as String)).map { ($0, row["options"]) } }
        }
    }

    /// Keeps a domain, or what is newly said of it; options are a JSON object.
    package func keep(added domain: Name, options: String, at now: Timestamp) throws {
        try database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO domain (name, added, options) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET options = excluded.options
                    """,
                arguments: [domain.description, now, options])
        }
    }

    /// Lets a domain go: its history stays, what was learnt of it does not, and its open incidents are over.
    package func drop(added domain: Name, at now: Timestamp) throws {
        try database.write { database in
            try database.execute(
                sql: "UPDATE domain SET options = NULL, state = NULL, state_at = NULL, learnt_at = NULL WHERE name = ?",
                arguments: [domain.description])
            let open = try String.fetchAll(
                database, sql: "SELECT document FROM incident WHERE domain = ? AND closed IS NULL",
                arguments: [domain.description])
            for text in open {
                var incident = try Self.decode(Incident.self, text)
                incident.closedAt = now
                try database.execute(
                    sql: "UPDATE incident SET closed = ?, updated = ?, document = ? WHERE id = ?",
                    arguments: [now, incident.steps.last?.at ?? incident.lastFound, Self.encode(incident), incident.id])
            }
        }
    }
}
