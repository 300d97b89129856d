package import DNSWire
import Foundation
package import LapwingCore

extension Store {
    /// Writes a round. Events and changes are on the disk when this returns; the rest may be lost in a power cut. A
    /// record without news writes nothing.
    ///
    /// - Returns: the parts of the domain's memory that are in the store now.
    /// - Throws: `DatabaseFault`. The daemon's store does not throw if only the file is at fault, but keeps the round
    ///   in memory.
    @discardableResult
    package func commit(_ round: RoundRecord) throws -> KeptMemory? {
        let outcome = round.outcome
        let somethingHappened = outcome.isWorthKeeping
        guard somethingHappened || round.keepsState || !round.sightings.isEmpty || round.zone != nil else {
            return round.kept
        }
        // An incident is on the disk before it is reported; data that only helps to judge would be observed again.
        return try persist(durably: somethingHappened, under: .domains([round.domain])) { database in
            if !round.sightings.isEmpty {
                let rows = try round.draft?.rows ?? round.sightings.map(SightingRow.init)
                try Self.write(rows, domain: round.domain.description, at: round.at, in: database)
            }
            for change in outcome.changes { try write(change, of: round.domain, at: round.at, in: database) }
            for event in outcome.events { try write(event, in: database) }
            if let zone = round.zone { try Self.write(zone, of: round.domain, in: database) }
            try writeRegistration(outcome.state.registry.known, of: round.domain, in: database)
            guard somethingHappened || round.keepsState else { return round.kept }
            return try write(
                outcome.state, of: round.domain, at: round.at, beside: round.kept, draft: round.draft, in: database)
        }
    }

    private func write(_ change: Change, of domain: Name, at now: Timestamp, in database: Database) throws {
        try database.execute(
            "INSERT INTO change (domain, name, type, at, document) VALUES (?, ?, ?, ?, ?)",
            [
                domain.description, change.name.description, change.kind.recordType.map { Int($0.rawValue) } ?? 0, now,
                Self.encode(change),
            ])
    }

    func write(_ event: IncidentEvent, in database: Database) throws {
        try database.execute(
            "INSERT INTO incident_event (incident, at, document) VALUES (?, ?, ?)",
            [event.incident, event.at, Self.encode(event)])
    }

    private func writeRegistration(_ view: RegistryView?, of domain: Name, in database: Database) throws {
        guard let view else { return }
        try database.execute(
            """
            INSERT INTO registration (domain, at, expires, document) VALUES (?, ?, ?, ?)
            ON CONFLICT (domain) DO UPDATE SET at = excluded.at, expires = excluded.expires,
                document = excluded.document WHERE registration.at < excluded.at
            """,
            [domain.description, view.at, view.expires?.at, Self.encode(view)])
    }

    /// Returns domains whose registration ends before a moment, the earliest first.
    package func registrationEnds(
        before moment: Timestamp, limit: Int
    ) throws -> [(domain: Name, at: Timestamp)] {
        let rows = try read { database in
            try database.rows(
                "SELECT domain, expires FROM registration WHERE expires < ? ORDER BY expires LIMIT ?", [moment, limit])
        }
        return readable(rows, of: "registration", key: "domain") {
            (try Name(try $0.get("domain", as: String.self)), try $0.get("expires"))
        }
    }

    /// Returns the last known registration of a domain.
    package func registration(of domain: Name) throws -> RegistryView? {
        let rows = try read { database in
            try database.rows("SELECT domain, document FROM registration WHERE domain = ?", [domain.description])
        }
        return readable(rows, of: "registration", key: "domain") {
            try Self.decode(RegistryView.self, try $0.get("document", as: String.self))
        }.first
    }

    /// Returns the summary of each domain without reading its memory.
    package func conditions() throws -> [Name: StoredCondition] {
        var faults: [(row: String, error: any Error)] = []
        let conditions = try read { database in
            var conditions: [Name: StoredCondition] = [:]
            try database.each(
                """
                SELECT name, state_at, learnt_at, expires FROM domain
                LEFT JOIN registration ON registration.domain = domain.name WHERE state_at IS NOT NULL
                """
            ) { row in
                do {
                    conditions[try Name(try row.get("name", as: String.self))] = StoredCondition(
                        checkedAt: try row.get("state_at"), learntAt: try row.find("learnt_at"),
                        registrationEnds: try row.find("expires"))
                } catch {
                    faults.append((String(stored: row["name"]) ?? "?", error))
                }
            }
            return conditions
        }
        for fault in faults { setAside("domain", row: "\(fault.row) (times)", fault.error) }
        return conditions
    }
}

/// The part of a domain's state that has separate columns.
package struct StoredCondition: Sendable, Hashable {
    /// When it was last written, which does not happen in each round.
    package var checkedAt: Timestamp
    /// When the first complete round was made; nil before that.
    package var learntAt: Timestamp?
    /// When the registration ends; nil if that is not known.
    package var registrationEnds: Timestamp?
}
