package import DNSWire
import Foundation
package import LapwingCore

/// Whole zones: a row for each zone, and one for each of its RRsets.
extension Store {
    /// What is kept of a zone beside its RRsets; nil for a zone that was never fetched.
    package func zone(of domain: Name) throws -> ZoneHead? {
        let rows = try read { database in
            try database.rows("SELECT * FROM zone WHERE domain = ?", [domain.description])
        }
        return readable(rows, of: "zone", key: "domain") { try Self.zone($0) }.first
    }

    /// All zones that were fetched.
    package func zones() throws -> [Name: ZoneHead] {
        let rows = try read { try $0.rows("SELECT * FROM zone") }
        let zones = readable(rows, of: "zone", key: "domain") {
            (try Name(try $0.get("domain", as: String.self)), try Self.zone($0))
        }
        return Dictionary(zones, uniquingKeysWith: { one, _ in one })
    }

    /// The RRsets that are kept of a zone.
    ///
    /// - Parameter names: only those of these owners; nil for all.
    /// - Throws: also for a row that cannot be read: a zone with a gap is no zone to compare with.
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

    /// Forgets what is kept of a zone, so that it is fetched anew.
    package func forget(zone domain: Name) throws {
        try write(under: .domains([domain])) { database in
            for table in ["zone", "zone_set"] {
                try database.execute("DELETE FROM \(table) WHERE domain = ?", [domain.description])
            }
        }
    }

    /// Makes what is kept of a zone its new version.
    static func write(_ update: ZoneUpdate, of domain: Name, in database: Database) throws {
        let (name, head) = (domain.description, update.head)
        // What stands in for the file has only what is new: there a set that is gone is a row of its own.
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

    /// Carries zones over from what stood in for the file.
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
