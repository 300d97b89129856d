package import DNSWire
import GRDB
package import LapwingCore

/// Something a person asked for, waiting until the engine comes by.
package struct Request: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        /// Take the present state as the new normal.
        case accept
        /// Look now.
        case check
        /// Keep a remark with an incident.
        case note
    }

    package var id: Int64
    package var at: Timestamp
    package var kind: Kind
    package var domain: Name
    package var incident: String?
    package var text: String?
}

/// A time in which matching incidents are not sent to anybody.
package struct StoredSilence: Sendable, Hashable {
    package var id: Int64
    /// Nil means every domain.
    package var domain: Name?
    package var incidentClass: IncidentClass?
    package var from: Timestamp
    package var to: Timestamp
    package var reason: String
}

extension Store {
    package func add(
        _ kind: Request.Kind, domain: Name, incident: String? = nil, text: String? = nil, at now: Timestamp
    ) throws {
        try database.write { database in
            try database.execute(
                sql: "INSERT INTO request (at, kind, domain, incident, text) VALUES (?, ?, ?, ?, ?)",
                arguments: [now, kind.rawValue, domain.description, incident, text])
        }
    }

    package func waitingRequests() throws -> [Request] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM request WHERE done IS NULL ORDER BY id LIMIT 1000")
                .compactMap { row in
                    guard let kind = Request.Kind(rawValue: row["kind"]),
                        let domain = try? Name(row["domain"] as String)
                    else { return nil }
                    return Request(
                        id: row["id"], at: row["at"], kind: kind, domain: domain, incident: row["incident"],
                        text: row["text"])
                }
        }
    }

    /// Remarks that people made about an incident, oldest first.
    package func notes(of incident: String) throws -> [(at: Timestamp, text: String)] {
        try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT at, text FROM request WHERE kind = ? AND incident = ? ORDER BY id LIMIT 500",
                arguments: [Request.Kind.note.rawValue, incident]
            ).map { ($0["at"], $0["text"] ?? "") }
        }
    }

    package func finish(request id: Int64, at now: Timestamp) throws {
        try database.write { database in
            try database.execute(sql: "UPDATE request SET done = ? WHERE id = ?", arguments: [now, id])
        }
    }

    package func add(
        silenceFor domain: Name?, class incidentClass: IncidentClass?, from: Timestamp, to: Timestamp, reason: String
    ) throws {
        try database.write { database in
            try database.execute(
                sql: "INSERT INTO silence (domain, class, began, ended, reason) VALUES (?, ?, ?, ?, ?)",
                arguments: [domain?.description, incidentClass?.rawValue, from, to, reason])
        }
    }

    package func endSilence(_ id: Int64, at now: Timestamp) throws {
        try database.write { database in
            try database.execute(sql: "UPDATE silence SET ended = ? WHERE id = ?", arguments: [now, id])
        }
    }

    package func silences(at now: Timestamp) throws -> [StoredSilence] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM silence WHERE ended > ? ORDER BY id", arguments: [now])
                .map { row in
                    StoredSilence(
                        id: row["id"], domain: (row["domain"] as String?).flatMap { try? Name($0) },
                        incidentClass: (row["class"] as String?).flatMap(IncidentClass.init(rawValue:)),
                        from: row["began"], to: row["ended"], reason: row["reason"])
                }
        }
    }
}
