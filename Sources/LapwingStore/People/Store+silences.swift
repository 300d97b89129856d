import DNSWire
package import LapwingCore

extension Store {
    /// Stores a silence, and returns it with its new number, whatever its `id` was.
    ///
    /// - Parameters:
    ///   - person: the person who adds it.
    ///   - incident: the incident that was the occasion.
    package func add(_ silence: Silence, by person: Person = "", incident: String? = nil) throws -> Silence {
        try write { database in
            let number = try database.insert(
                """
                INSERT INTO silence (domain, class, code, name, type, began, ended, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    silence.domain?.description, silence.incidentClass?.rawValue, silence.code?.rawValue,
                    silence.record?.name.description, silence.record.map { Int64($0.type.rawValue) }, silence.from,
                    silence.to, silence.reason,
                ])
            var kept = silence
            kept.id = number
            let reason = kept.reason.isEmpty ? "" : " (\(kept.reason))"
            try Self.insert(
                Act(
                    at: kept.from, .silence, by: person, incident: incident, domain: kept.domain,
                    text: "\(kept.words) until \(kept.to.sentence)\(reason), silence \(kept.id)",
                    after: "until \(kept.to)"), database)
            return kept
        }
    }

    /// Ends a silence; muted events are processed at once.
    package func endSilence(_ id: Int64, by person: Person = "", at now: Timestamp) throws {
        try write { database in
            let known = try database.row("SELECT domain, ended FROM silence WHERE id = ?", [id])
            try Self.insert(
                Act(
                    at: now, .unsilence, by: person,
                    domain: (try known?.find("domain", as: String.self)).flatMap { try? Name($0) },
                    text: "silence \(id)",
                    before: try known.map { "until \(try $0.get("ended", as: Timestamp.self))" }, after: "until \(now)"),
                database)
            try database.execute("UPDATE silence SET ended = ? WHERE id = ?", [now, id])
            try database.execute("UPDATE incident_event SET held = ? WHERE held IS NOT NULL AND held > ?", [now, now])
        }
    }

    /// Returns the current and future silences, in the order of their creation.
    ///
    /// A silence with an unreadable part mutes nothing: without its domain it would cover every domain.
    package func silences(at now: Timestamp) throws -> [Silence] {
        let rows = try readOrRecall("silences") {
            try read { try $0.rows("SELECT * FROM silence WHERE ended > ? ORDER BY id", [now]) }
        }
        return readable(rows, of: "silence") { row in
            Silence(
                id: try row.get("id"), domain: try row.find("domain", as: String.self).map { try Name($0) },
                incidentClass: try row.find("class", as: String.self).map { text in
                    guard let known = IncidentClass(rawValue: text) else { throw RowFault("class is unknown") }
                    return known
                },
                code: try row.find("code", as: String.self).map(FindingCode.init(rawValue:)),
                record: try Self.record(row), from: try row.get("began"), to: try row.get("ended"),
                reason: try row.get("reason"))
        }.filter { $0.to > now }
    }

    /// The RRset to which a silence is limited; name and type are valid only together.
    private static func record(_ row: Row) throws -> RecordSetKey? {
        let name = try row.find("name", as: String.self).map { try Name($0) }
        let number = try row.find("type", as: Int64.self)
        if name == nil, number == nil { return nil }
        guard let name, let type = number.flatMap(UInt16.init(exactly:)) else {
            throw RowFault("the record is not whole")
        }
        return RecordSetKey(name, RecordType(rawValue: type))
    }
}
