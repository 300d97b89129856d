package import DNSWire
package import LapwingCore

/// Iterates over the whole history in the order in which it was written, with one row at a time in memory.
extension Store {
    /// Passes each incident to the body, in the order in which they were opened.
    ///
    /// - Throws: `DatabaseFault`, or an error of the body, which ends the iteration.
    package func eachIncident(_ body: (Incident) throws -> Void) throws {
        try each("SELECT id, document FROM incident ORDER BY opened, id", of: "incident") { row in
            try body(try Self.decode(Incident.self, try row.get("document", as: String.self)))
        }
    }

    /// Passes each recorded change to the body, in the order in which they were recorded.
    ///
    /// - Throws: `DatabaseFault`, or an error of the body, which ends the iteration.
    package func eachChange(_ body: (StoredChange) throws -> Void) throws {
        try each("SELECT id, domain, at, document FROM change ORDER BY id", of: "change") { row in
            try body(
                StoredChange(
                    id: try row.get("id"), domain: try Name(try row.get("domain", as: String.self)),
                    at: try row.get("at"),
                    change: try Self.decode(Change.self, try row.get("document", as: String.self))))
        }
    }

    /// Iterates over the RRsets that each source served, with their times.
    package func eachSighting(_ body: (_ domain: Name, HistoryEntry) throws -> Void) throws {
        try each("SELECT * FROM sighting ORDER BY id", of: "sighting") { row in
            try body(try Name(try row.get("domain", as: String.self)), try Self.entry(row))
        }
    }

    /// An error in the body ends the iteration; an unreadable row is reported and skipped.
    private func each(_ sql: String, of table: String, _ body: (Row) throws -> Void) throws {
        try read { database in
            try database.each(sql) { row in
                do {
                    try body(row)
                } catch let fault as RowFault {
                    setAside(table, row: Self.text(row["id"]), fault)
                } catch let fault as DecodingError {
                    setAside(table, row: Self.text(row["id"]), fault)
                } catch let fault as WireError {
                    setAside(table, row: Self.text(row["id"]), fault)
                }
            }
        }
    }
}
