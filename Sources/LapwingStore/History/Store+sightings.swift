package import DNSWire
import Foundation
package import LapwingCore

extension Store {
    /// The largest number of different values of an RRset per day; a source with more is rotating, and its values are
    /// no longer kept.
    static let mostChangesADay = 24

    /// An RRset at a source, as identified by rows.
    private struct Place: Hashable {
        var source: String
        var name: String
        var type: Int

        var inLowerCase: Place { Place(source: source, name: name.lowercased(), type: type) }
    }

    /// Writes the differences from the last answers of each source; a round without differences writes nothing.
    static func write(_ sightings: [SightingRow], domain name: String, at now: Timestamp, in database: Database) throws
    {
        let rows = try database.rows(
            "SELECT id, source, name, type, data, ttl FROM sighting WHERE domain = ? AND ended IS NULL", [name])
        var current: [Place: Row] = [:]
        for row in rows {
            // An unreadable row stays unchanged; the next one begins beside it.
            guard let place = try? Self.place(row) else { continue }
            current[place.inLowerCase] = row
        }
        var recent = try changes(of: name, since: now.adding(seconds: -86_400), in: database)
        for sighting in sightings {
            let place = Place(source: sighting.source, name: sighting.name, type: sighting.type)
            if let row = current.isEmpty ? nil : current[place.inLowerCase] {
                let known: String? = try row.find("data")
                if known == sighting.data, try row.find("ttl", as: Int64.self) == sighting.ttl { continue }
                if known == nil { continue }
                try database.execute(
                    "UPDATE sighting SET ended = ? WHERE id = ? AND ended IS NULL",
                    [now, try row.get("id", as: Int64.self)])
            }
            let rotates = recent[place, default: 0] >= Self.mostChangesADay
            try database.execute(
                "INSERT INTO sighting (domain, source, name, type, data, ttl, began) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [name, place.source, place.name, place.type, rotates ? nil : sighting.data, sighting.ttl, now])
            recent[place, default: 0] += 1
        }
    }

    /// Returns how often each RRset at each source has changed since a moment.
    private static func changes(
        of domain: String, since moment: Timestamp, in database: Database
    ) throws -> [Place: Int] {
        let rows = try database.rows(
            """
            SELECT source, name, type, count(*) AS changes FROM sighting
            WHERE domain = ? AND began > ? GROUP BY source, name, type
            """, [domain, moment])
        return rows.reduce(into: [:]) { changes, row in
            guard let place = try? place(row), let count = Int(stored: row["changes"]) else { return }
            changes[place] = count
        }
    }

    private static func place(_ row: Row) throws -> Place {
        Place(source: try row.get("source"), name: try row.get("name"), type: try row.get("type"))
    }

    /// Returns the history of a domain's RRsets at sources, newest first.
    package func history(of domain: Name, since: Timestamp? = nil, limit: Int = 1000) throws -> [HistoryEntry] {
        let rows = try read { database in
            try database.rows(
                """
                SELECT * FROM sighting WHERE domain = ? AND (ended IS NULL OR ended > ?) ORDER BY began DESC, id DESC LIMIT ?
                """, [domain.description, since ?? .earliest, limit])
        }
        return readable(rows, of: "sighting", Self.entry)
    }

    /// Returns the present RRsets at each source.
    package func records(of domain: Name) throws -> [HistoryEntry] {
        let rows = try read { database in
            try database.rows(
                "SELECT * FROM sighting WHERE domain = ? AND ended IS NULL ORDER BY name, type, source",
                [domain.description])
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

    /// Returns the sighting of a row whose values are kept, without its times.
    static func sighting(_ row: Row) throws -> Sighting {
        let entry = try entry(row)
        return Sighting(source: entry.source, key: entry.key, values: entry.values ?? [], ttl: entry.ttl)
    }
}
