package import DNSWire
import Foundation
import GRDB
package import LapwingCore

/// An RRset at a source, from when to when.
package struct HistoryEntry: Sendable, Hashable {
    package var source: String
    package var key: RecordSetKey
    /// Nil where the source rotates so fast that single values are not kept.
    package var values: [String]?
    package var ttl: UInt32?
    package var began: Timestamp
    /// Nil while the source still serves it.
    package var ended: Timestamp?
}

extension Store {
    /// A source that shows more different values of a set than this in a day rotates; the values are no longer kept.
    static let mostChangesADay = 24

    /// Writes down what differs from what each source served last; a round that shows nothing new writes nothing.
    func write(_ sightings: [Sighting], domain: Name, at now: Timestamp, in database: Database) throws {
        let name = domain.description
        let rows = try Row.fetchAll(
            database, sql: "SELECT id, source, name, type, data, ttl FROM sighting WHERE domain = ? AND ended IS NULL",
            arguments: [name])
        var current: [String: Row] = [:]
        for row in rows { current[Self.place(row["source"], row["name"], row["type"])] = row }
        for sighting in sightings {
            let owner = sighting.key.name.description
            let place = Self.place(sighting.source, owner, Int(sighting.key.type.rawValue))
            let data = try Self.encode(sighting.values)
            if let row = current[place] {
                let known: String? = row["data"]
                if known == data, row["ttl"] as Int64? == sighting.ttl.map(Int64.init) { continue }
                if known == nil { continue }
                try database.execute(
                    sql: "UPDATE sighting SET ended = ? WHERE id = ?", arguments: [now, row["id"] as Int64])
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
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM sighting WHERE domain = ? AND (ended IS NULL OR ended > ?) ORDER BY began DESC, id DESC LIMIT ?
                    """,
                arguments: [domain.description, since ?? Timestamp(milliseconds: 0), limit]
            ).compactMap(Self.entry)
        }
    }

    /// What each source serves now.
    package func records(of domain: Name) throws -> [HistoryEntry] {
        try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM sighting WHERE domain = ? AND ended IS NULL ORDER BY name, type, source",
                arguments: [domain.description]
            ).compactMap(Self.entry)
        }
    }

    private static func entry(_ row: Row) -> HistoryEntry? {
        guard let name = try? Name(row["name"] as String), let type = UInt16(exactly: row["type"] as Int64) else {
            return nil
        }
        let data: String? = row["data"]
        return HistoryEntry(
            source: row["source"], key: RecordSetKey(name, RecordType(rawValue: type)),
            values: data.flatMap { try? decode([String].self, $0) },
            ttl: (row["ttl"] as Int64?).flatMap(UInt32.init(exactly:)), began: row["began"], ended: row["ended"])
    }
}
