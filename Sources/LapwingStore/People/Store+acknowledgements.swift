package import DNSWire
import Foundation
import GRDB
package import LapwingCore

extension Store {
    private static let linkKey = "link key"

    // MARK: Acknowledgement

    /// Notes that somebody is working on an incident; it replaces an earlier note.
    ///
    /// - Parameter origin: from where it was said, as in `Person.origin`.
    package func acknowledge(_ acknowledgement: Acknowledgement, domain: Name, from origin: String = "") throws {
        try acknowledge([(acknowledgement, domain)], from: origin)
    }

    /// The same of several incidents, all or none.
    package func acknowledge(_ all: [(Acknowledgement, domain: Name)], from origin: String = "") throws {
        try write { database in
            for (acknowledgement, domain) in all {
                let known = try Row.fetchOne(
                    database, sql: "SELECT person, ended FROM acknowledgement WHERE incident = ? AND ended > ?",
                    arguments: [acknowledgement.incident, acknowledgement.at])
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO acknowledgement (incident, person, at, ended, severity)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        acknowledgement.incident, acknowledgement.person, acknowledgement.at, acknowledgement.until,
                        acknowledgement.severity.rawValue,
                    ])
                try Self.insert(
                    Act(
                        at: acknowledgement.at, .acknowledge, by: Person(acknowledgement.person, from: origin),
                        incident: acknowledgement.incident, domain: domain,
                        text: "until \(acknowledgement.until.sentence)",
                        before: try known.map { row in
                            "by \(try row.get("person", as: String.self)) until \(try row.get("ended", as: Timestamp.self))"
                        }, after: "by \(acknowledgement.person) until \(acknowledgement.until)"), database)
            }
        }
    }

    /// Active acknowledgements, of all incidents or of one.
    package func acknowledgements(of incident: String? = nil, at now: Timestamp) throws -> [Acknowledgement] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM acknowledgement WHERE ended > :now AND (:incident IS NULL OR incident = :incident)
                    """, arguments: ["now": now, "incident": incident])
        }
        return readable(rows, of: "acknowledgement", key: "incident") { row in
            guard let severity = Severity(rawValue: try row.get("severity")) else {
                throw RowFault("severity is unknown")
            }
            return Acknowledgement(
                incident: try row.get("incident"), person: try row.get("person"), at: try row.get("at"),
                until: try row.get("ended"), severity: severity)
        }
    }

    // MARK: Links

    /// The key with which links in messages are signed; `fresh` is taken where there is none yet.
    package func linkKey(fresh: () -> [UInt8]) throws -> [UInt8] {
        let made = fresh()
        return try write { database in
            if let known = try Data.fetchOne(
                database, sql: "SELECT value FROM memo WHERE key = ?", arguments: [Self.linkKey]), known.count >= 32
            {
                return Array(known)
            }
            try database.execute(
                sql: "INSERT OR REPLACE INTO memo (key, value) VALUES (?, ?)", arguments: [Self.linkKey, Data(made)])
            return made
        }
    }
}
