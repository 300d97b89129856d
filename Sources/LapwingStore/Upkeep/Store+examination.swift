import Foundation
package import LapwingCore

/// The result of reading everything in a store.
package struct StoreExamination: Sendable, Encodable {
    /// The largest number of faults that are described; further ones are only counted.
    package static let mostFaults = 100

    /// The number of rows that were read.
    package var rows = 0
    /// Descriptions of the faults: the damaged page, or the row and why it cannot be read.
    package var faults: [String] = []
    /// The total number of faults, including those without a description.
    package var faultCount = 0
    /// The state of the journal; nil if it is empty.
    package var journal: JournalState?

    mutating func add(_ fault: String) {
        faultCount += 1
        if faults.count < Self.mostFaults { faults.append(fault) }
    }
}

/// The size of a store and of its parts.
package struct StoreStatistics: Sendable, Encodable {
    /// The number of rows in a table.
    package struct Table: Sendable, Encodable {
        /// The name of the table.
        package var name: String
        /// The number of rows.
        package var rows: Int
    }

    /// The size of the file in bytes.
    package var bytes: Int64
    /// The bytes in it that are free.
    package var freeBytes: Int64
    /// The size of the write-ahead log in bytes.
    package var journalBytes: Int64
    /// The newest migration that was applied; nil if none was.
    package var schema: String?
    /// All tables of the store, by name.
    package var tables: [Table]
    /// The number of known domains, watched or not.
    package var domains: Int
    /// The number of open incidents.
    package var openIncidents: Int
    /// The number of notices without a final receipt.
    package var waitingNotices: Int
    /// The number of rows that were set aside as unreadable.
    package var unreadableRows: Int
    /// The earliest end of a kept value or change; nil if there is none.
    package var oldestHistory: Timestamp?
    /// The time of the latest record; nil for an empty store.
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

    /// Reads the whole store: every page, and the content of every row.
    ///
    /// It takes as long as reading the file, and does not disturb other processes.
    package func examine() -> StoreExamination {
        var found = StoreExamination()
        do {
            for line in try database.faults() { found.add(line) }
        } catch {
            found.add("the file cannot be read: \(Self.reason(error))")
        }
        attempt("memory", &found) { database, found in
            // A reader does not migrate an older store.
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

    /// Returns the size of the store; counts every row, so it takes a while.
    ///
    /// - Throws: `DatabaseFault` if the file cannot be read.
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
