package import DNSWire
import Foundation
import GRDB
package import LapwingCore

extension Store {
    private static let linkKey = "link key"

    /// Keeps what a person did, for the incident's story and for the log.
    package func add(_ act: Act) throws {
        try write { try Self.insert(act, $0) }
    }

    static func insert(_ act: Act, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO act (at, kind, person, incident, domain, text) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                act.at, act.kind.rawValue, act.person, act.incident, act.domain?.description, act.text,
            ])
    }

    /// What people did about an incident, oldest first.
    package func acts(of incident: String) throws -> [Act] {
        try acts("WHERE incident = ? ORDER BY id LIMIT 500", [incident])
    }

    /// What people did after an act; the number of the last one of all where none is given.
    package func acts(after number: Int64) throws -> [Act] {
        try acts("WHERE id > ? ORDER BY id LIMIT 500", [number])
    }

    /// The number of the last act; 0 where there is none.
    package func lastAct() throws -> Int64 {
        try database.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM act") } ?? 0
    }

    private func acts(_ condition: String, _ arguments: StatementArguments) throws -> [Act] {
        let rows = try database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM act \(condition)", arguments: arguments)
        }
        return readable(rows, of: "act") { row in
            guard let kind = Act.Kind(rawValue: try row.get("kind")) else { throw RowFault("kind is unknown") }
            return Act(
                id: try row.get("id"), at: try row.get("at"), kind, by: try row.get("person"),
                incident: try row.find("incident"),
                domain: try row.find("domain", as: String.self).map { try Name($0) }, text: try row.get("text"))
        }
    }

    // MARK: Acknowledgement

    /// Notes that somebody is working on an incident; it replaces an earlier note.
    package func acknowledge(_ acknowledgement: Acknowledgement, domain: Name) throws {
        try acknowledge([(acknowledgement, domain)])
    }

    /// The same of several incidents, all or none.
    package func acknowledge(_ all: [(Acknowledgement, domain: Name)]) throws {
        try write { database in
            for (acknowledgement, domain) in all {
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
                        at: acknowledgement.at, .acknowledge, by: acknowledgement.person,
                        incident: acknowledgement.incident, domain: domain,
                        text: "until \(acknowledgement.until.sentence)"), database)
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
