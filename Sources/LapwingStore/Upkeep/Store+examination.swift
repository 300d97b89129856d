import Foundation
package import LapwingCore

/// What was found when everything in a store was read.
package struct StoreExamination: Sendable, Encodable {
    /// Faults that are named; of more only the number is said.
    package static let mostFaults = 100

    /// Rows that were read.
    package var rows = 0
    /// What is wrong, in words: the damaged page, or the row and why it cannot be read.
    package var faults: [String] = []
    /// Faults in all, those that are not named included.
    package var faultCount = 0
    /// What the journal comes to; nil where nobody has done anything yet.
    package var journal: JournalState?

    mutating func add(_ fault: String) {
        faultCount += 1
        if faults.count < Self.mostFaults { faults.append(fault) }
    }
}

/// How large a store is, and what it holds.
package struct StoreStatistics: Sendable, Encodable {
    /// How many rows a table has.
    package struct Table: Sendable, Encodable {
        /// Its name in the file.
        package var name: String
        /// Its rows.
        package var rows: Int
    }

    /// The file itself, what of it is free to be used again, and the write-ahead log beside it.
    package var bytes: Int64
    /// Of those, bytes that are free to be used again.
    package var freeBytes: Int64
    /// Bytes of the write-ahead log, which are not in the file yet.
    package var journalBytes: Int64
    /// The newest step that brought its tables up to date.
    package var schema: String?
    /// All tables of ours, by name.
    package var tables: [Table]
    /// Domains that the store knows, watched or not.
    package var domains: Int
    /// Incidents that are not over.
    package var openIncidents: Int
    /// Notices without a final receipt.
    package var waitingNotices: Int
    /// Rows that were set aside because they cannot be read.
    package var unreadableRows: Int
    /// When the oldest value and change that are kept ended; nil where there are none.
    package var oldestHistory: Timestamp?
    /// When anything was last written down; nil for an empty store.
    package var latest: Timestamp?
}

extension Store {
    private typealias Reading = (
        table: String, key: String, column: String, read: @Sendable (StoredValue) throws -> Void
    )

    private static let readings: [Reading] = [
        ("domain", "name", "state", { _ = try memory($0) }),
        ("change", "id", "document", { _ = try document(Change.self, $0) }),
        ("incident", "id", "document", { _ = try document(Incident.self, $0) }),
        ("incident_event", "id", "document", { _ = try document(IncidentEvent.self, $0) }),
        ("notice", "id", "document", { _ = try document(Notice.self, $0) }),
        ("registration", "domain", "document", { _ = try document(RegistryView.self, $0) }),
        ("sighting", "id", "data", { _ = try document([String].self, $0) }),
    ]

    private static func document<Value: Decodable>(_ type: Value.Type, _ value: StoredValue) throws -> Value {
        guard let text = String(stored: value) else { throw RowFault("it is no document") }
        return try decode(type, text)
    }

    /// Reads the whole store: every page, and what every row holds.
    ///
    /// It takes as long as reading the file takes, and does not disturb other processes.
    package func examine() -> StoreExamination {
        var found = StoreExamination()
        do {
            for line in try database.faults() { found.add(line) }
        } catch {
            found.add("the file cannot be read: \(Self.reason(error))")
        }
        attempt("memory", &found) { database, found in
            // A reader takes an older store as it is.
            guard try database.tableExists("memory") else { return }
            try database.each("SELECT domain, part, form, body FROM memory") { row in
                found.rows += 1
                do {
                    try Self.examine(part: row)
                } catch {
                    found.add("row \(Self.text(row[0])) of memory cannot be read: \(Self.reason(error))")
                }
            }
        }
        attempt("the journal", &found) { database, found in
            found.journal = try Self.examineJournal(database, &found)
        }
        for (table, key, column, read) in Self.readings {
            attempt(table, &found) { database, found in
                try database.each("SELECT \(key), \(column) FROM \(table) WHERE \(column) IS NOT NULL") { row in
                    found.rows += 1
                    do {
                        try read(row[1])
                    } catch {
                        found.add("row \(Self.text(row[0])) of \(table) cannot be read: \(Self.reason(error))")
                    }
                }
            }
        }
        return found
    }

    private func attempt(
        _ what: String, _ found: inout StoreExamination, _ body: (Database, inout StoreExamination) throws -> Void
    ) {
        do {
            try read { try body($0, &found) }
        } catch {
            found.add("\(what) cannot be read: \(Self.reason(error))")
        }
    }

    /// How large the store is now; counts every row, so it takes a while.
    ///
    /// - Throws: `DatabaseFault` when the file cannot be read.
    package func statistics() throws -> StoreStatistics {
        let bytes = try database.sizes()
        return try read { database in
            func number(_ sql: String) throws -> Int64 { try database.value(Int64.self, sql) ?? 0 }
            let own = try database.values(String.self, database.dialect.tables)
            return StoreStatistics(
                bytes: bytes.all, freeBytes: bytes.free, journalBytes: bytes.log,
                schema: try Migrations.all.done(database).last,
                tables: try own.map { .init(name: $0, rows: Int(try number("SELECT count(*) FROM \($0)"))) },
                domains: Int(try number("SELECT count(*) FROM domain")),
                openIncidents: Int(try number("SELECT count(*) FROM incident WHERE closed IS NULL")),
                waitingNotices: Int(try number("SELECT count(*) FROM notice WHERE finished IS NULL")),
                unreadableRows: own.contains("unreadable") ? Int(try number("SELECT count(*) FROM unreadable")) : 0,
                oldestHistory: try database.value(
                    Timestamp.self,
                    """
                    SELECT min(at) FROM (SELECT min(ended) AS at FROM sighting WHERE ended IS NOT NULL
                        UNION ALL SELECT min(at) FROM change) AS moments
                    """),
                latest: try latestMoment(database))
        }
    }
}
