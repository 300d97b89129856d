package import DNSWire
package import LapwingCore
import LapwingCrypto

extension Store {
    /// Returns the domains that were added at run time with their options, by name.
    package func addedDomains() throws -> [(domain: Name, options: String)] {
        let rows = try read { database in
            try database.rows("SELECT name, options FROM domain WHERE options IS NOT NULL ORDER BY name")
        }
        return readable(rows, of: "domain", key: "name") { row in
            (try Name(try row.get("name", as: String.self)), try row.get("options"))
        }
    }

    /// Returns the same with the source of each.
    package func addedEntries() throws -> [AddedDomain] {
        let rows = try read { database in
            try database.rows("SELECT name, options, source FROM domain WHERE options IS NOT NULL ORDER BY name")
        }
        return readable(rows, of: "domain", key: "name") { row in
            AddedDomain(
                domain: try Name(try row.get("name", as: String.self)), options: try row.get("options"),
                source: try row.find("source"))
        }
    }

    /// Returns all domains that were ever watched, by name.
    package func domains() throws -> [Name] {
        try read { database in
            try database.values(String.self, "SELECT name FROM domain ORDER BY name").compactMap { try? Name($0) }
        }
    }

    /// Stores an added domain, or its new options, which are a JSON object.
    package func keep(added domain: Name, options: String, by person: Person = "", at now: Timestamp) throws {
        try write { database in
            try Self.note([AddedDomain(domain: domain, options: options)], dropping: [], by: person, at: now, database)
            try database.execute(
                """
                INSERT INTO domain (name, added, options) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET options = excluded.options
                """, [domain.description, now, options])
        }
    }

    /// Stores many domains and removes others: all of it, or nothing.
    package func keep(
        added entries: [AddedDomain], dropping dropped: [Name] = [], by person: Person = "", at now: Timestamp
    ) throws {
        try write { database in
            try Self.note(entries, dropping: dropped, by: person, at: now, database)
            for entry in entries {
                try database.execute(
                    """
                    INSERT INTO domain (name, added, options, source) VALUES (?, ?, ?, ?)
                    ON CONFLICT (name) DO UPDATE
                    SET options = excluded.options, source = coalesce(excluded.source, domain.source)
                    """, [entry.domain.description, now, entry.options, entry.source])
            }
            for domain in dropped { try Self.drop(domain, at: now, in: database) }
        }
    }

    /// Removes a domain: its history stays, its memory is deleted, and its open incidents are closed.
    package func drop(added domain: Name, by person: Person = "", at now: Timestamp) throws {
        try write { database in
            try Self.note([], dropping: [domain], by: person, at: now, database)
            try Self.drop(domain, at: now, in: database)
        }
    }

    /// The largest number of domains that get a journal entry each; for more there is one joint entry.
    private static let mostSingleActs = 1000
    /// The largest number of domains that a joint entry names.
    private static let mostNamed = 20

    /// Adds journal entries for the domains that are about to be stored and removed.
    private static func note(
        _ entries: [AddedDomain], dropping dropped: [Name], by person: Person, at now: Timestamp, _ database: Database
    ) throws {
        guard entries.count + dropped.count <= mostSingleActs else {
            let names = (entries.map(\.domain) + dropped).map(\.description).sorted()
            let digest = Hexadecimal.text(MessageDigest.sha256.of(names.flatMap { Array("\($0)\n".utf8) }))
            let named = names.prefix(mostNamed).joined(separator: ", ")
            return try insert(
                Act(
                    at: now, .import, by: person,
                    text: "\(entries.count) kept, \(dropped.count) removed: \(named) and others; SHA-256 of all names, "
                        + "a line each: \(digest)"), database)
        }
        func said(of domain: Name) throws -> String? {
            try database.value(String.self, "SELECT options FROM domain WHERE name = ?", [domain.description])
        }
        for entry in entries {
            let before = try said(of: entry.domain)
            guard before != entry.options else { continue }
            try insert(
                Act(
                    at: now, before == nil ? .add : .change, by: person, domain: entry.domain,
                    text: entry.source.map { "from \($0)" } ?? "", before: before, after: entry.options), database)
        }
        for domain in dropped {
            try insert(
                Act(at: now, .remove, by: person, domain: domain, before: try said(of: domain)), database)
        }
    }

    private static func drop(_ domain: Name, at now: Timestamp, in database: Database) throws {
        try database.execute(
            """
            UPDATE domain SET options = NULL, source = NULL, state = NULL, state_at = NULL, learnt_at = NULL
            WHERE name = ?
            """, [domain.description])
        try database.execute("DELETE FROM memory WHERE domain = ?", [domain.description])
        try database.execute("UPDATE incident SET kept = NULL WHERE domain = ?", [domain.description])
        let open = try database.values(
            String.self, "SELECT document FROM incident WHERE domain = ? AND closed IS NULL", [domain.description])
        for text in open {
            // An unreadable incident is left unchanged; it is reported wherever it is listed.
            guard var incident = try? decode(Incident.self, text) else { continue }
            incident.closedAt = now
            try database.execute(
                "UPDATE incident SET closed = ?, updated = ?, document = ? WHERE id = ?",
                [now, incident.steps.last?.at ?? incident.lastFound, encode(incident), incident.id])
        }
    }
}
