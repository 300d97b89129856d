package import DNSWire
import Foundation
package import LapwingCore

/// The journal: the acts of people in sequence, each with a hash over itself and all entries before it.
///
/// Entries are only appended. Those older than the kept history are deleted from the beginning, and the hash of the
/// last deleted entry is kept, so that the rest can still be verified.
extension Store {
    /// Appends an act.
    package func add(_ act: Act) throws {
        try write { try Self.insert(act, $0) }
    }

    static func insert(_ act: Act, _ database: Database) throws {
        let last = try journalEnd(database)
        _ = try JournalEntry(act, number: last.number + 1).insert(after: last.hash, database)
    }

    /// The number and the hash that precede the next entry.
    private static func journalEnd(_ database: Database) throws -> (number: Int64, hash: [UInt8]) {
        let row =
            try database.row("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1")
            ?? database.row("SELECT id, hash FROM journal_anchor")
        // Numbers of entries that were cut off at the end are not reused, so that the gap reveals the removal.
        let given = try database.value(Int64.self, database.dialect.lastNumberOfJournal) ?? 0
        guard let row else { return (given, JournalEntry.beginning) }
        return (max(given, try row.get("id")), Array(try row.get("hash", as: Data.self)))
    }

    /// Returns the acts on an incident, oldest first.
    package func acts(of incident: String) throws -> [Act] {
        try acts("WHERE incident = ? ORDER BY id LIMIT 500", [incident])
    }

    /// Returns the acts on a domain and its incidents, newest first.
    package func acts(about domain: Name, limit: Int = 100) throws -> [Act] {
        try acts("WHERE domain = ? ORDER BY id DESC LIMIT ?", [domain.description, limit])
    }

    /// Returns the acts after an act, oldest first, at most 500.
    package func acts(after number: Int64) throws -> [Act] {
        try readWhatIsNew { try acts("WHERE id > ? ORDER BY id LIMIT 500", [number]) }
    }

    /// Returns the number of the last act; 0 if there is none.
    package func lastAct() throws -> Int64 {
        try read { try $0.value(Int64.self, "SELECT max(id) FROM journal") } ?? 0
    }

    private func acts(_ condition: String, _ arguments: Arguments) throws -> [Act] {
        let rows = try read { database in
            try database.rows("SELECT * FROM journal \(condition)", arguments)
        }
        return readable(rows, of: "journal", Self.act)
    }

    static func act(_ row: Row) throws -> Act {
        guard let kind = Act.Kind(rawValue: try row.get("kind")) else { throw RowFault("kind is unknown") }
        var act = Act(
            id: try row.get("id"), at: try row.get("at"), kind,
            by: Person(try row.get("person"), from: try row.find("origin") ?? ""),
            incident: try row.find("incident"),
            domain: try row.find("domain", as: String.self).map { try Name($0) }, text: try row.get("text"),
            before: try row.find("before"), after: try row.find("after"))
        act.hash = Hexadecimal.text(Array(try row.get("hash", as: Data.self)))
        return act
    }

    /// Iterates over the complete journal at one moment, the oldest entry first.
    ///
    /// - Parameters:
    ///   - begin: called first, with the last deleted entry; its number is 0 if none was deleted.
    ///   - body: called for each entry, with the stored bytes of each column.
    package func eachAct(
        _ begin: (_ number: Int64, _ hash: String) throws -> Void, _ body: (Act) throws -> Void
    ) throws {
        try read { database in
            // A reader does not migrate an older store.
            guard try database.tableExists("journal") else { return try begin(0, Self.text(JournalEntry.beginning)) }
            let anchor = try Self.anchor(database)
            try begin(anchor.number, Self.text(anchor.hash))
            try database.each("SELECT * FROM journal ORDER BY id") { row in
                let act: Act
                do {
                    act = try Self.act(row)
                } catch {
                    return setAside("journal", row: Self.text(row["id"]), error)
                }
                try body(act)
            }
        }
    }

    private static func text(_ hash: [UInt8]) -> String { Hexadecimal.text(hash) }

    /// The last deleted entry.
    static func anchor(_ database: Database) throws -> (number: Int64, hash: [UInt8]) {
        guard let row = try database.row("SELECT id, hash FROM journal_anchor") else {
            return (0, JournalEntry.beginning)
        }
        return (try row.get("id"), Array(try row.get("hash", as: Data.self)))
    }

    /// Deletes entries at the beginning of the journal that are older than the limit, up to the first one that must
    /// stay.
    ///
    /// Entries about a stored incident stay, and so does the newest entry: it holds the hash of the chain.
    ///
    /// - Returns: the number of deleted entries.
    func forgetSomeOfJournal(before limit: Timestamp) throws -> Int {
        try write(durably: false, under: .desk) { database in
            let anchor = try Self.anchor(database).number
            let stays = try database.value(
                Int64.self,
                """
                SELECT id FROM journal WHERE at >= ? OR incident IN (SELECT id FROM incident)
                    OR id = (SELECT max(id) FROM journal) ORDER BY id LIMIT 1
                """, [limit])
            guard let stays,
                let last = try database.row(
                    "SELECT id, hash FROM journal WHERE id < ? AND id <= ? ORDER BY id DESC LIMIT 1",
                    [stays, anchor + Int64(Self.mostForgotten)])
            else { return 0 }
            let (number, hash): (Int64, Data) = (try last.get("id"), try last.get("hash"))
            try database.execute("DELETE FROM journal_anchor")
            try database.execute("INSERT INTO journal_anchor (id, hash) VALUES (?, ?)", [number, hash])
            return try database.execute("DELETE FROM journal WHERE id <= ?", [number])
        }
    }
}
