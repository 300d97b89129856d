package import DNSWire
import GRDB
package import LapwingCore

extension Store {
    /// Domains that were added at run time, with what was said of them, by name.
    package func addedDomains() throws -> [(domain: Name, options: String)] {
        let rows = try database.read { database in
            try Row.fetchAll(database, sql: "SELECT name, options FROM domain WHERE options IS NOT NULL ORDER BY name")
        }
        return readable(rows, of: "domain", key: "name") { row in
            (try Name(try row.get("name", as: String.self)), try row.get("options"))
        }
    }

    /// The same, with what each was imported from.
    package func addedEntries() throws -> [AddedDomain] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT name, options, source FROM domain WHERE options IS NOT NULL ORDER BY name")
        }
        return readable(rows, of: "domain", key: "name") { row in
            AddedDomain(
                domain: try Name(try row.get("name", as: String.self)), options: try row.get("options"),
                source: try row.find("source"))
        }
    }

    /// All domains that were ever watched, by name.
    package func domains() throws -> [Name] {
        try database.read { database in
            try String.fetchAll(database, sql: "SELECT name FROM domain ORDER BY name").compactMap { try? Name($0) }
        }
    }

    /// Keeps a domain, or what is newly said of it; options are a JSON object.
    package func keep(added domain: Name, options: String, at now: Timestamp) throws {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO domain (name, added, options) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET options = excluded.options
                    """,
                arguments: [domain.description, now, options])
        }
    }

    /// Keeps many domains and removes others: all of it, or nothing.
    package func keep(added entries: [AddedDomain], dropping dropped: [Name] = [], at now: Timestamp) throws {
        try write { database in
            let statement = try database.makeStatement(
                sql: """
                    INSERT INTO domain (name, added, options, source) VALUES (?, ?, ?, ?)
                    ON CONFLICT (name) DO UPDATE
                    SET options = excluded.options, source = coalesce(excluded.source, source)
                    """)
            for entry in entries {
                try statement.execute(arguments: [entry.domain.description, now, entry.options, entry.source])
            }
            for domain in dropped { try Self.drop(domain, at: now, in: database) }
        }
    }

    /// Removes a domain: its history stays, what was learnt of it does not, and its open incidents are over.
    package func drop(added domain: Name, at now: Timestamp) throws {
        try write { database in try Self.drop(domain, at: now, in: database) }
    }

    private static func drop(_ domain: Name, at now: Timestamp, in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE domain SET options = NULL, source = NULL, state = NULL, state_at = NULL, learnt_at = NULL
                WHERE name = ?
                """,
            arguments: [domain.description])
        try database.execute(sql: "DELETE FROM memory WHERE domain = ?", arguments: [domain.description])
        try database.execute(sql: "UPDATE incident SET kept = NULL WHERE domain = ?", arguments: [domain.description])
        let open = try String.fetchAll(
            database, sql: "SELECT document FROM incident WHERE domain = ? AND closed IS NULL",
            arguments: [domain.description])
        for text in open {
            // One that cannot be read is left as it is: it is told wherever it is listed.
            guard var incident = try? decode(Incident.self, text) else { continue }
            incident.closedAt = now
            try database.execute(
                sql: "UPDATE incident SET closed = ?, updated = ?, document = ? WHERE id = ?",
                arguments: [now, incident.steps.last?.at ?? incident.lastFound, encode(incident), incident.id])
        }
    }
}
