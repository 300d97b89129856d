package import DNSWire
import Foundation
package import LapwingCore

extension Store {
    private static let linkKey = "link key"

    // MARK: Acknowledgement

    /// Records that a person is working on an incident; it replaces an earlier acknowledgement.
    ///
    /// - Parameter origin: the origin of the request, as in `Person.origin`.
    package func acknowledge(_ acknowledgement: Acknowledgement, domain: Name, from origin: String = "") throws {
        try acknowledge([(acknowledgement, domain)], from: origin)
    }

    /// Records acknowledgements of several incidents, all or none.
    package func acknowledge(_ all: [(Acknowledgement, domain: Name)], from origin: String = "") throws {
        try write { database in
            for (acknowledgement, domain) in all {
                let known = try database.row(
                    "SELECT person, ended FROM acknowledgement WHERE incident = ? AND ended > ?",
                    [acknowledgement.incident, acknowledgement.at])
                try database.execute(
                    Database.replacement(
                        in: "acknowledgement", by: ["incident"], ["incident", "person", "at", "ended", "severity"]),
                    [
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

    /// Returns the active acknowledgements, of all incidents or of one.
    package func acknowledgements(of incident: String? = nil, at now: Timestamp) throws -> [Acknowledgement] {
        let rows = try readOrRecall(incident == nil ? "acknowledgements" : nil) {
            try read { database in
                try database.rows(
                    "SELECT * FROM acknowledgement WHERE ended > ? \(incident == nil ? "" : "AND incident = ?")",
                    [now] + (incident.map { [$0] } ?? []))
            }
        }
        return readable(rows, of: "acknowledgement", key: "incident") { row in
            guard let severity = Severity(rawValue: try row.get("severity")) else {
                throw RowFault("severity is unknown")
            }
            return Acknowledgement(
                incident: try row.get("incident"), person: try row.get("person"), at: try row.get("at"),
                until: try row.get("ended"), severity: severity)
        }.filter { $0.until > now }
    }

    // MARK: Links

    /// Returns the key that signs links in messages; if there is none yet, `fresh` makes it.
    package func linkKey(fresh: () -> [UInt8]) throws -> [UInt8] {
        let made = fresh()
        return try write { database in
            if let known = try database.value(Data.self, "SELECT value FROM memo WHERE key = ?", [Self.linkKey]),
                known.count >= 32
            {
                return Array(known)
            }
            try database.execute(Self.memo, [Self.linkKey, Data(made)])
            return made
        }
    }
}
