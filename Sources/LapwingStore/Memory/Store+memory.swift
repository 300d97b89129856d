package import DNSWire
import Foundation
package import LapwingCore

/// The judge's memory of each domain: its parts in the table `memory`, its incidents in the table of incidents.
///
/// Older stores have all of it as JSON in `domain.state`; that is still read, and replaced when the memory is first
/// written.
extension Store {
    /// Writes the changed parts and incidents.
    func write(
        _ state: WatchState, of domain: Name, at now: Timestamp, beside kept: KeptMemory?, draft: RoundDraft?,
        in database: Database
    ) throws -> KeptMemory {
        let present = epoch
        let known = kept?.epoch == present ? kept : nil
        var marks = draft?.marks ?? KeptMemory(state, epoch: present)
        marks.epoch = present
        for incident in state.book.open + state.book.closed
        where known?.incidents[incident.id] != marks.incidents[incident.id] {
            try write(incident, in: database)
        }
        for part in WatchState.Part.allCases where known?.parts[part] != marks.parts[part] {
            try write(part, try draft?.parts[part] ?? Self.body(of: part, state), of: domain, in: database)
        }
        if known?.parts[.book] != marks.parts[.book] { try release(domain, beside: marks, in: database) }
        try database.execute(
            """
            INSERT INTO domain (name, added, state_at, learnt_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET state = NULL, state_at = excluded.state_at,
                learnt_at = excluded.learnt_at
            """,
            [domain.description, now, now, state.learntAt])
        return marks
    }

    /// Returns the bytes that are stored for a part.
    static func body(of part: WatchState.Part, _ state: WatchState) throws -> Data {
        try Deflated.pack(try DirectJSON.encode(state.value(of: part)))
    }

    private func write(_ part: WatchState.Part, _ body: Data, of domain: Name, in database: Database) throws {
        try database.execute(
            """
            INSERT INTO memory (domain, part, form, body) VALUES (?, ?, ?, ?)
            ON CONFLICT (domain, part) DO UPDATE SET form = excluded.form, body = excluded.body
            """,
            [domain.description, part.rawValue, WatchState.form, body])
    }

    /// - Parameter isKept: whether the memory of its domain refers to it.
    func write(_ incident: Incident, isKept: Bool = true, in database: Database) throws {
        try database.execute(
            """
            INSERT INTO incident (id, domain, class, severity, opened, updated, closed, document, kept)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET class = excluded.class, severity = excluded.severity,
                updated = excluded.updated, closed = excluded.closed, document = excluded.document, kept = excluded.kept
            """,
            [
                incident.id, incident.domain.description, incident.incidentClass.rawValue, incident.severity.rawValue,
                incident.openedAt, incident.steps.last?.at ?? incident.lastFound, incident.closedAt,
                Self.encode(incident), isKept ? 1 : nil,
            ])
    }

    /// Marks incidents that are no longer in the book as history.
    private func release(_ domain: Name, beside marks: KeptMemory, in database: Database) throws {
        let ids = Array(marks.incidents.keys)
        // PostgreSQL does not accept an empty list.
        let others = ids.isEmpty ? "" : "AND id NOT IN (\(Database.marks(ids.count)))"
        try database.execute(
            "UPDATE incident SET kept = NULL WHERE domain = ? AND kept IS NOT NULL \(others)",
            [domain.description] + Arguments(ids))
    }

    /// The result of reading a domain's memory.
    package enum Recalled: Sendable {
        /// The domain was never seen.
        case nothing
        /// - Parameter kept: the parts that need not be written again; nil if the memory has the older format.
        case state(WatchState, kept: KeptMemory?)
        /// There was a memory that cannot be read: the open incidents, and the number for the next one.
        case lost(open: [Incident], nextIncident: Int)
    }

    /// Reads the judge's memory of a domain; an unreadable one is set aside and reported.
    package func recall(_ domain: Name, at now: Timestamp) throws -> Recalled {
        guard let memory = try memory(of: domain) else { return .nothing }
        do {
            let state = try read(memory)
            let isKept = memory.whole == nil
            return .state(state, kept: isKept ? memory.epoch.map { KeptMemory(state, epoch: $0) } : nil)
        } catch {
            setAside("domain", row: domain.description, error, data: memory.bytes)
            let open = try incidents(of: domain, openOnly: true)
            return .lost(open: open, nextIncident: try nextIncident(of: domain))
        }
    }

    /// Returns an unused number for an incident of a domain, from the identifiers in the file.
    package func nextIncident(of domain: Name) throws -> Int {
        let numbers = try read { database in
            try database.values(String.self, "SELECT id FROM incident WHERE domain = ?", [domain.description])
        }.compactMap { $0.split(separator: "-").last.flatMap { Int($0) } }.filter { $0 < 1_000_000_000 }
        return (numbers.max() ?? 0) + 1
    }

    /// Reads the judge's memory of a domain for display; nil if the domain was never seen or its memory cannot be read.
    package func state(of domain: Name) throws -> WatchState? {
        guard let memory = try memory(of: domain) else { return nil }
        do {
            return try read(memory)
        } catch {
            setAside("domain", row: domain.description, error, data: memory.bytes)
            return nil
        }
    }

    /// A memory as stored in the tables.
    struct StoredMemory {
        /// Rows of `memory`; none in the first format.
        var parts: [Row]
        /// The complete memory in the first format.
        var whole: StoredValue?
        /// Rows of the incidents to which its book may refer.
        var incidents: [Row] = []
        /// The epoch, if it was read from the place to which it is written.
        var epoch: Int?

        /// The stored bytes, to be set aside if they cannot be read.
        var bytes: Data? {
            whole.flatMap(Data.init(stored:))
                ?? parts.compactMap { Data(stored: $0["body"]) }.reduce(Data(), +)
        }
    }

    private func memory(of domain: Name) throws -> StoredMemory? {
        let present = epoch
        if let spare {
            if var memory = try spare.read({ try Self.memory(of: domain.description, $0) }) {
                memory.epoch = present
                return memory
            }
            // A memory that is only in the file is written completely to the memory in its place.
            return try read { try Self.memory(of: domain.description, $0) }
        }
        var memory = try read { try Self.memory(of: domain.description, $0) }
        memory?.epoch = present
        return memory
    }

    private static func memory(of domain: String, _ database: Database) throws -> StoredMemory? {
        let parts = try database.rows("SELECT part, form, body FROM memory WHERE domain = ?", [domain])
        if !parts.isEmpty {
            let incidents = try database.rows(
                "SELECT id, document FROM incident WHERE domain = ? AND kept IS NOT NULL", [domain])
            return StoredMemory(parts: parts, incidents: incidents)
        }
        let row = try database.row("SELECT state FROM domain WHERE name = ?", [domain])
        // A number or a text in its place is unreadable, which differs from a missing memory.
        guard let row, !row[0].isNull else { return nil }
        return StoredMemory(parts: [], whole: row["state"])
    }

    private func read(_ memory: StoredMemory) throws -> WatchState {
        if let whole = memory.whole { return try Self.memory(whole) }
        let incidents = readable(memory.incidents, of: "incident") {
            try Self.decode(Incident.self, try $0.get("document", as: String.self))
        }
        return try Self.memory(memory.parts, incidents: incidents)
    }

    /// Reads the second format.
    static func memory(_ rows: [Row], incidents: [Incident]) throws -> WatchState {
        func part<Value: Decodable>(_ part: WatchState.Part) throws -> Value {
            guard let row = rows.first(where: { (try? $0.get("part", as: String.self)) == part.rawValue }) else {
                throw RowFault("its part \(part) is missing")
            }
            return try body(of: part, row)
        }
        var state = WatchState()
        state.course = try part(.course)
        state.sets = try part(.sets)
        state.sources = try part(.sources)
        state.security = try part(.security)
        state.registry = try part(.registry)
        // An unreadable incident was reported already, and is found again if it still exists.
        state.restore(
            try part(.book), incidents: Dictionary(incidents.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one }))
        return state
    }

    private static func body<Value: Decodable>(of part: WatchState.Part, _ row: Row) throws -> Value {
        let form: Int = try row.get("form")
        guard form == WatchState.form else { throw RowFault("\(part) has form \(form), of another version") }
        do {
            return try decode(Value.self, try Deflated.unpack(try row.get("body")))
        } catch {
            throw RowFault("\(part): \(reason(error))")
        }
    }

    /// Reads one row of `memory` for a check of the store; throws if it cannot be read.
    static func examine(part row: Row) throws {
        guard let part = WatchState.Part(rawValue: try row.get("part")) else { throw RowFault("no part has this name") }
        switch part {
        case .course: _ = try body(of: part, row) as WatchState.Course
        case .sets: _ = try body(of: part, row) as [RecordSetKey: SetMemory]
        case .sources: _ = try body(of: part, row) as WatchState.Sources
        case .security: _ = try body(of: part, row) as WatchState.Security
        case .registry: _ = try body(of: part, row) as RegistryMemory
        case .book: _ = try body(of: part, row) as WatchState.BookIndex
        }
    }

    /// Reads the first format.
    static func memory(_ value: StoredValue) throws -> WatchState {
        guard let data = Data(stored: value) else { throw RowFault("state is no document") }
        let state = try decode(WatchState.self, data)
        guard state.version == WatchState.version else { throw RowFault("version \(state.version) wrote it") }
        return state
    }
}
