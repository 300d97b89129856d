package import DNSWire
import Foundation
import GRDB
package import LapwingCore

/// An RRset at a source, from when to when.
package struct HistoryEntry: Sendable, Hashable {
    /// Who served it, in the words of ``Sighting/source``.
    package var source: String
    /// Which RRset.
    package var key: RecordSetKey
    /// Nil where the source rotates so fast that single values are not kept.
    package var values: [String]?
    /// In seconds, for authoritative servers and the parent; nil for resolvers.
    package var ttl: UInt32?
    /// When it was first served.
    package var began: Timestamp
    /// Nil while the source still serves it.
    package var ended: Timestamp?
}

extension Store {
    /// A source that shows more different values of a set than this in a day rotates; the values are no longer kept.
    static let mostChangesADay = 24

    /// Writes down what differs from what each source served last; a round that shows nothing new writes nothing.
    static func write(_ sightings: [Sighting], domain name: String, at now: Timestamp, in database: Database) throws {
        let rows = try Row.fetchAll(
            database, sql: "SELECT id, source, name, type, data, ttl FROM sighting WHERE domain = ? AND ended IS NULL",
            arguments: [name])
        var current: [String: Row] = [:]
        for row in rows {
            // A row that cannot be read stays as it is; the next one begins beside it.
            guard let place = try? Self.place(row.get("source"), row.get("name"), row.get("type")) else { continue }
            current[place] = row
        }
        for sighting in sightings {
            let owner = sighting.key.name.description
            let place = Self.place(sighting.source, owner, Int(sighting.key.type.rawValue))
            let data = try Self.encode(sighting.values)
            if let row = current[place] {
                let known: String? = try row.find("data")
                if known == data, try row.find("ttl", as: Int64.self) == sighting.ttl.map(Int64.init) { continue }
                if known == nil { continue }
                try database.execute(
                    sql: "UPDATE sighting SET ended = ? WHERE id = ?",
                    arguments: [now, try row.get("id", as: Int64.self)])
            }
            let recent = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM sighting
                    WHERE domain = ? AND began > ? AND source = ? AND name = ? AND type = ?
                    """,
                arguments: [
                    name, now.adding(seconds: -86_400), sighting.source, owner, Int(sighting.key.type.rawValue),
                ])
            try database.execute(
                sql: """
                    INSERT INTO sighting (domain, source, name, type, data, ttl, began) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    name, sighting.source, owner, Int(sighting.key.type.rawValue),
                    (recent ?? 0) < Self.mostChangesADay ? data : nil, sighting.ttl.map({ Int64($0) }), now,
                ])
        }
    }

    private static func place(_ source: String, _ name: String, _ type: Int) -> String {
        "\(source)|\(name.lowercased())|\(type)"
    }

    /// What sources served of a domain, newest first.
    package func history(of domain: Name, since: Timestamp? = nil, limit: Int = 1000) throws -> [HistoryEntry] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM sighting WHERE domain = ? AND (ended IS NULL OR ended > ?) ORDER BY began DESC, id DESC LIMIT ?
                    """,
                arguments: [domain.description, since ?? .earliest, limit])
        }
        return readable(rows, of: "sighting", Self.entry)
    }

    /// What each source serves now.
    package func records(of domain: Name) throws -> [HistoryEntry] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM sighting WHERE domain = ? AND ended IS NULL ORDER BY name, type, source",
                arguments: [domain.description])
        }
        return readable(rows, of: "sighting", Self.entry)
    }

    static func entry(_ row: Row) throws -> HistoryEntry {
        HistoryEntry(
            source: try row.get("source"),
            key: RecordSetKey(
                try Name(try row.get("name", as: String.self)), RecordType(rawValue: try row.get("type"))),
            values: try row.find("data", as: String.self).map { try decode([String].self, $0) },
            ttl: try row.find("ttl"), began: try row.get("began"), ended: try row.find("ended"))
    }

    /// What a row whose values are kept says; from when and to when apart.
    static func sighting(_ row: Row) throws -> Sighting {
        let entry = try entry(row)
        return Sighting(source: entry.source, key: entry.key, values: entry.values ?? [], ttl: entry.ttl)
    }
}
