import Foundation

/// The result of copying a whole store.
package struct StoreCopy: Sendable {
    /// Each table with the present number of its rows.
    package var tables: [(name: String, rows: Int)] = []
    /// Unreadable rows, which were not copied.
    package var faults: [String] = []
    /// The state of the journal, equal in both stores; nil if it is empty.
    package var journal: JournalState?
}

extension Store {
    /// The reason why a store was not copied into another one.
    package enum MoveFailure: Error, CustomStringConvertible {
        case notEmpty(String)
        case outOfDate
        case differs(String)

        /// One sentence for the user who ran the command.
        package var description: String {
            switch self {
            case .notEmpty(let table): "there is something in the target already (table \(table)); nothing was copied"
            case .outOfDate:
                "the store was written by an older version: `lapwing store prune` brings its tables up to date first"
            case .differs(let what): "the copy is not what was copied (\(what)); nothing of it was kept"
            }
        }
    }

    /// Copies a consistent snapshot into an empty store of any kind: all of it in one transaction, or nothing.
    ///
    /// - Throws: ``MoveFailure``, ``DatabaseFault``.
    package func copyAll(into target: Store) throws -> StoreCopy {
        try database.read { source in
            guard try Migrations.all.isComplete(source) else { throw MoveFailure.outOfDate }
            return try target.database.write { target in try Self.copy(source, to: target) }
        }
    }

    private static func copy(_ source: Database, to target: Database) throws -> StoreCopy {
        var done = StoreCopy()
        let names = try source.values(String.self, source.dialect.tables)
        for table in names where table != "journal_anchor" {
            if try target.row("SELECT 1 AS one FROM \(table) LIMIT 1") != nil { throw MoveFailure.notEmpty(table) }
        }
        try target.execute("DELETE FROM journal_anchor")
        for table in names {
            let before = done.faults.count
            let rows = try copy(table, source, to: target, &done)
            guard try target.value(Int.self, "SELECT count(*) FROM \(table)") == rows,
                try source.value(Int.self, "SELECT count(*) FROM \(table)") == rows + done.faults.count - before
            else { throw MoveFailure.differs("rows of \(table)") }
            done.tables.append((table, rows))
        }
        if let given = try source.value(Int64.self, source.dialect.lastNumberOfJournal),
            given > (try target.value(Int64.self, target.dialect.lastNumberOfJournal) ?? 0)
        {
            try target.execute(target.dialect.settingLastNumberOfJournal, [given])
        }
        var (here, there) = (StoreExamination(), StoreExamination())
        done.journal = try examineJournal(source, &here)
        guard try examineJournal(target, &there) == done.journal, here.faults == there.faults else {
            throw MoveFailure.differs("the journal")
        }
        if target.dialect is PostgreSQLDialect { try PostgreSQLEngine.renumber(target) }
        return done
    }

    /// - Returns: the number of copied rows.
    private static func copy(
        _ table: String, _ source: Database, to target: Database, _ done: inout StoreCopy
    ) throws -> Int {
        func columns(_ database: Database) throws -> [(name: String, type: String)] {
            try database.rows(database.dialect.columns, [table]).map {
                (try $0.get("name"), try $0.get("type", as: String.self).lowercased())
            }
        }
        let known = Set(try columns(source).map(\.name))
        let shared = try columns(target).filter { known.contains($0.name) }
        let names = shared.map(\.name).joined(separator: ", ")
        let order =
            table == "notice" ? source.dialect.noticeNumber : known.contains("id") ? "id" : shared.first?.name ?? "1"
        let insert = "INSERT INTO \(table) (\(names)) VALUES (\(Database.marks(shared.count)))"
        var count = 0
        var faults: [String] = []
        try source.each("SELECT \(names) FROM \(table) ORDER BY \(order)") { row in
            var values: [StoredValue] = []
            for (value, column) in zip(row.values, shared) {
                guard let value = value.asColumn(of: column.type) else {
                    faults.append("row \(text(row[0])) of \(table): \(column.name) cannot be read")
                    return
                }
                values.append(value)
            }
            try target.execute(insert, Arguments(values))
            count += 1
        }
        done.faults += faults
        return count
    }
}

extension StoredValue {
    /// Converts the value for a column of a type; nil if that is not possible.
    fileprivate func asColumn(of type: String) -> StoredValue? {
        switch type {
        case _ where isNull: .null
        case "integer", "bigint": Int64(stored: self).map { .integer($0) }
        case "text": String(stored: self).map { .text($0) }
        case "blob", "bytea": Data(stored: self).map { .blob($0) }
        default: self
        }
    }
}
