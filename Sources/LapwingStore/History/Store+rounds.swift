package import DNSWire
import Foundation
import GRDB
package import LapwingCore

/// What one round leaves behind, written in one transaction.
package struct RoundRecord: Sendable {
    /// The watched domain.
    package var domain: Name
    /// When the round began, by the wall clock.
    package var at: Timestamp
    /// What each source served; values that are known already are not written again.
    package var sightings: [Sighting]
    /// What came of judging it.
    package var outcome: RoundOutcome
    /// Whether what the judge remembers is written too; events and changes always carry it with them.
    package var keepsState: Bool

    package init(domain: Name, at: Timestamp, sightings: [Sighting], outcome: RoundOutcome, keepsState: Bool) {
        self.domain = domain
        self.at = at
        self.sightings = sightings
        self.outcome = outcome
        self.keepsState = keepsState
    }
}

extension Store {
    /// Writes down a round. What a person may be told of is on the disk when this returns; the rest may be lost with
    /// the machine's power. A record without news writes nothing.
    ///
    /// - Throws: `DatabaseError`; the daemon's store keeps the round in memory where only the file is at fault.
    package func commit(_ round: RoundRecord) throws {
        let outcome = round.outcome
        let somethingHappened = !outcome.events.isEmpty || !outcome.changes.isEmpty
        guard somethingHappened || round.keepsState || !round.sightings.isEmpty else { return }
        // An incident is on the disk before it is reported; what only helps to judge is seen again.
        try persist(durably: somethingHappened) { database in
            try Self.write(round.sightings, domain: round.domain.description, at: round.at, in: database)
            for change in outcome.changes { try write(change, of: round.domain, at: round.at, in: database) }
            let book = outcome.state.book
            let touched = Set(outcome.events.map(\.incident))
            for incident in book.open + book.closed where touched.contains(incident.id) {
                try write(incident, in: database)
            }
            for event in outcome.events {
                try database.execute(
                    sql: "INSERT INTO incident_event (incident, at, document) VALUES (?, ?, ?)",
                    arguments: [event.incident, event.at, Self.encode(event)])
            }
            if somethingHappened || round.keepsState {
                try write(outcome.state, of: round.domain, at: round.at, in: database)
            }
            try writeRegistration(outcome.state.registry.known, of: round.domain, in: database)
        }
    }

    private func write(_ change: Change, of domain: Name, at now: Timestamp, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO change (domain, name, type, at, document) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                domain.description, change.name.description, RecordType(change.kind).map { Int($0.rawValue) } ?? 0, now,
                Self.encode(change),
            ])
    }

    private func write(_ incident: Incident, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO incident (id, domain, class, severity, opened, updated, closed, document)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET class = excluded.class, severity = excluded.severity,
                    updated = excluded.updated, closed = excluded.closed, document = excluded.document
                """,
            arguments: [
                incident.id, incident.domain.description, incident.incidentClass.rawValue, incident.severity.rawValue,
                incident.openedAt, incident.steps.last?.at ?? incident.lastFound, incident.closedAt,
                Self.encode(incident),
            ])
    }

    private func write(_ state: WatchState, of domain: Name, at now: Timestamp, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO domain (name, added, state, state_at, learnt_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET state = excluded.state, state_at = excluded.state_at,
                    learnt_at = excluded.learnt_at
                """,
            arguments: [domain.description, now, JSONEncoder().encode(state), now, state.learntAt])
    }

    private func writeRegistration(_ view: RegistryView?, of domain: Name, in database: Database) throws {
        guard let view else { return }
        try database.execute(
            sql: """
                INSERT INTO registration (domain, at, expires, document) VALUES (?, ?, ?, ?)
                ON CONFLICT (domain) DO UPDATE SET at = excluded.at, expires = excluded.expires,
                    document = excluded.document WHERE registration.at < excluded.at
                """,
            arguments: [domain.description, view.at, view.expires?.at, Self.encode(view)])
    }

    /// What is remembered of a domain.
    package enum Recalled: Sendable {
        /// It was never seen.
        case nothing
        case state(WatchState)
        /// There was something, and it cannot be read: the incidents that were open, and a number for the next one.
        case lost(open: [Incident], nextIncident: Int)
    }

    /// What the judge remembers of a domain; what cannot be read is set aside and reported.
    package func recall(_ domain: Name, at now: Timestamp) throws -> Recalled {
        guard let value = try memory(of: domain) else { return .nothing }
        do {
            return .state(try Self.memory(value))
        } catch {
            setAside("domain", row: domain.description, error, data: Data.fromDatabaseValue(value))
            let open = try incidents(of: domain, openOnly: true)
            let numbers = try database.read { database in
                try String.fetchAll(
                    database, sql: "SELECT id FROM incident WHERE domain = ?", arguments: [domain.description])
            }.compactMap { $0.split(separator: "-").last.flatMap { Int($0) } }.filter { $0 < 1_000_000_000 }
            return .lost(open: open, nextIncident: (numbers.max() ?? 0) + 1)
        }
    }

    /// What the judge remembers of a domain, for those who only show it; nil when it was never seen or cannot be read.
    package func state(of domain: Name) throws -> WatchState? {
        guard let value = try memory(of: domain) else { return nil }
        do {
            return try Self.memory(value)
        } catch {
            setAside("domain", row: domain.description, error, data: Data.fromDatabaseValue(value))
            return nil
        }
    }

    private func memory(of domain: Name) throws -> DatabaseValue? {
        for source in [spare, database] as [(any DatabaseReader)?] {
            let row = try source?.read { database in
                try Row.fetchOne(
                    database, sql: "SELECT state FROM domain WHERE name = ?", arguments: [domain.description])
            }
            // A number or a text in its place is no memory, and not nothing either.
            if let row, !row.hasNull(atIndex: 0) { return row["state"] }
        }
        return nil
    }

    static func memory(_ value: DatabaseValue) throws -> WatchState {
        guard let data = Data.fromDatabaseValue(value) else { throw RowFault("state is no document") }
        let state = try decode(WatchState.self, data)
        guard state.version == WatchState.version else { throw RowFault("version \(state.version) wrote it") }
        return state
    }

    /// Domains whose registration ends before a moment, the earliest first.
    package func registrationEnds(
        before moment: Timestamp, limit: Int
    ) throws -> [(domain: Name, at: Timestamp)] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT domain, expires FROM registration WHERE expires < ? ORDER BY expires LIMIT ?",
                arguments: [moment, limit])
        }
        return readable(rows, of: "registration", key: "domain") {
            (try Name(try $0.get("domain", as: String.self)), try $0.get("expires"))
        }
    }

    /// What was last read of a domain's registration.
    package func registration(of domain: Name) throws -> RegistryView? {
        let rows = try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT domain, document FROM registration WHERE domain = ?",
                arguments: [domain.description])
        }
        return readable(rows, of: "registration", key: "domain") {
            try Self.decode(RegistryView.self, try $0.get("document", as: String.self))
        }.first
    }

    /// What is known of each domain without reading all that the judge remembers.
    package func conditions() throws -> [Name: StoredCondition] {
        var faults: [(row: String, error: any Error)] = []
        let conditions = try database.read { database in
            var conditions: [Name: StoredCondition] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT name, state_at, learnt_at, expires FROM domain
                    LEFT JOIN registration ON registration.domain = domain.name WHERE state_at IS NOT NULL
                    """)
            while let row = try rows.next() {
                do {
                    conditions[try Name(try row.get("name", as: String.self))] = StoredCondition(
                        checkedAt: try row.get("state_at"), learntAt: try row.find("learnt_at"),
                        registrationEnds: try row.find("expires"))
                } catch {
                    faults.append((String.fromDatabaseValue(row["name"]) ?? "?", error))
                }
            }
            return conditions
        }
        for fault in faults { setAside("domain", row: "\(fault.row) (times)", fault.error) }
        return conditions
    }
}

/// The little of a domain's state that has columns of its own.
package struct StoredCondition: Sendable, Hashable {
    /// When it was last written down, which is not after each round.
    package var checkedAt: Timestamp
    /// When the first complete round was made; nil before.
    package var learntAt: Timestamp?
    /// When the registration ends; nil where that is not known.
    package var registrationEnds: Timestamp?
}
