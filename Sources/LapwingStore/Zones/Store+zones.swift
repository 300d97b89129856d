package import DNSWire
import Foundation
package import LapwingCore

/// Whole zones: a row for each zone, and one for each of its RRsets.
extension Store {
    /// Returns the stored facts about a zone except its RRsets; nil if it was never transferred.
    package func zone(of domain: Name) throws -> ZoneHead? {
        let rows = try read { database in
            try database.rows("SELECT * FROM zone WHERE domain = ?", [domain.description])
        }
        return readable(rows, of: "zone", key: "domain") { try Self.zone($0) }.first
    }

    /// Returns all zones that were transferred.
    package func zones() throws -> [Name: ZoneHead] {
        let rows = try read { try $0.rows("SELECT * FROM zone") }
        let zones = readable(rows, of: "zone", key: "domain") {
            (try Name(try $0.get("domain", as: String.self)), try Self.zone($0))
        }
        return Dictionary(zones, uniquingKeysWith: { one, _ in one })
    }

    /// Returns the stored RRsets of a zone.
    ///
    /// - Parameter names: the owner names to include; nil for all.
    /// - Throws: also for an unreadable row: a zone with a gap cannot be compared.
    package func zoneSets(of domain: Name, at names: Set<Name>? = nil) throws -> [RecordSetKey: ZoneSet] {
        try read { database in
            var sets: [RecordSetKey: ZoneSet] = [:]
            func take(_ row: Row) throws {
                let set = try Self.zoneSet(row)
                sets[set.key] = set
            }
            let select = "SELECT owner, type, ttl, count, digest, data FROM zone_set WHERE domain = ?"
            guard let names else {
                try database.each(select, [domain.description], take)
                return sets
            }
            for name in names {
                try database.each(select + " AND owner = ?", [domain.description, Data(name.folded.wire)], take)
            }
            return sets
        }
    }

    /// Deletes the stored version of a zone, so that it is transferred again.
    package func forget(zone domain: Name) throws {
        try write(under: .domains([domain])) { database in
            for table in ["zone", "zone_set"] {
                try database.execute("DELETE FROM \(table) WHERE domain = ?", [domain.description])
            }
        }
    }

    /// Updates the stored version of a zone to the new one.
    static func write(_ update: ZoneUpdate, of domain: Name, in database: Database) throws {
        let (name, head) = (domain.description, update.head)
        // The spare contains only changes, so a removed RRset is a row of its own there.
        let isSpare = try database.tableExists("adopted")
        if update.isFresh {
            try database.execute("DELETE FROM zone_set WHERE domain = ?", [name])
        }
        let put = Database.replacement(
            in: "zone_set", by: ["domain", "owner", "type"],
            ["domain", "owner", "type", "ttl", "count", "digest", "data"])
        for set in update.put {
            try database.execute(
                put,
                [
                    name, Data(set.key.name.folded.wire), Int(set.key.type.rawValue), Int64(set.ttl), set.count,
                    bytes(set.digest), set.isWhole ? pack(set.data) : nil,
                ])
        }
        for key in update.drop {
            let (owner, type) = (Data(key.name.folded.wire), Int(key.type.rawValue))
            if isSpare {
                try database.execute(put, [name, owner, type, 0, 0, bytes(0), nil])
            } else {
                try database.execute(
                    "DELETE FROM zone_set WHERE domain = ? AND owner = ? AND type = ?", [name, owner, type])
            }
        }
        try database.execute(
            Database.replacement(
                in: "zone", by: ["domain"],
                ["domain", "serial", "server", "way", "at", "whole_at", "sets", "records", "secret", "news"]),
            [
                name, Int64(head.serial.rawValue), head.server, head.way.rawValue, head.at, head.wholeAt, head.sets,
                head.records, bytes(UInt128(head.secret.high) << 64 | UInt128(head.secret.low)),
                try head.news.map { try encode($0) },
            ])
    }

    /// Copies zones from the spare to the file.
    static func bringZones(_ spare: Database, into main: Database) throws {
        for (table, key) in [("zone", ["domain"]), ("zone_set", ["domain", "owner", "type"])] {
            try spare.each("SELECT * FROM \(table)") { row in
                try main.execute(Database.replacement(in: table, by: key, row.names), Arguments(row.values))
            }
        }
        try main.execute("DELETE FROM zone_set WHERE count = 0")
    }

    // MARK: Rows

    private static func zone(_ row: Row) throws -> ZoneHead {
        let serial: Int64 = try row.get("serial")
        guard let serial = UInt32(exactly: serial) else { throw RowFault("serial is none") }
        guard let way = ZoneHead.Way(rawValue: try row.get("way")) else { throw RowFault("way is unknown") }
        let secret = try number(try row.get("secret"))
        let news: String? = try row.find("news")
        return ZoneHead(
            serial: SerialNumber(rawValue: serial), server: try row.get("server"), way: way, at: try row.get("at"),
            wholeAt: try row.get("whole_at"), sets: try row.get("sets"), records: try row.get("records"),
            secret: AnswerDigest.Key(
                low: UInt64(truncatingIfNeeded: secret), high: UInt64(truncatingIfNeeded: secret >> 64)),
            news: try news.map { try decode(ZoneNews.self, $0) })
    }

    private static func zoneSet(_ row: Row) throws -> ZoneSet {
        let (type, ttl): (Int, Int64) = (try row.get("type"), try row.get("ttl"))
        guard let type = UInt16(exactly: type), let ttl = UInt32(exactly: ttl) else { throw RowFault("no such RRset") }
        let owner: Data = try row.get("owner")
        let key = RecordSetKey(try Name(wire: Array(owner)), RecordType(rawValue: type))
        let data: Data? = try row.find("data")
        return ZoneSet(
            key: key, ttl: ttl, count: try row.get("count"), digest: try number(try row.get("digest")),
            data: try data.map { try unpack(Array($0), key.type) } ?? [])
    }

    private static func pack(_ data: [RecordData]) -> Data {
        var bytes: [UInt8] = []
        for record in data {
            bytes.append(UInt8(truncatingIfNeeded: record.bytes.count >> 8))
            bytes.append(UInt8(truncatingIfNeeded: record.bytes.count))
            bytes += record.bytes
        }
        return Data(bytes)
    }

    private static func unpack(_ bytes: [UInt8], _ type: RecordType) throws -> [RecordData] {
        var data: [RecordData] = []
        var place = 0
        while place + 2 <= bytes.count {
            let length = Int(bytes[place]) << 8 | Int(bytes[place + 1])
            guard place + 2 + length <= bytes.count else { break }
            data.append(try RecordData(type: type, wire: Array(bytes[(place + 2)..<(place + 2 + length)])))
            place += 2 + length
        }
        guard place == bytes.count else { throw RowFault("data cannot be read") }
        return data
    }

    private static func bytes(_ number: UInt128) -> Data {
        Data((0..<16).map { UInt8(truncatingIfNeeded: number >> UInt128(120 - 8 * $0)) })
    }

    private static func number(_ bytes: Data) throws -> UInt128 {
        guard bytes.count == 16 else { throw RowFault("a digest has 16 bytes") }
        return bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }
}
