package import DNSWire
import GRDB
package import LapwingCore

/// Which entries of the journal are asked for; nothing said is no bound.
package struct JournalFilter: Sendable, Hashable {
    /// Only about this domain and its incidents, folded.
    package var domain: Name?
    /// Only by somebody whose name has this in it, small letters and capitals alike.
    package var person: String?
    /// Only of this kind.
    package var kind: Act.Kind?

    package init() {}
}

extension Store {
    /// Entries of a part of the journal, newest first.
    ///
    /// - Parameters:
    ///   - first: the number of the oldest that is looked at.
    ///   - number: the number that all have below theirs.
    package func acts(
        _ filter: JournalFilter, from first: Int64, before number: Int64, limit: Int
    ) throws -> [Act] {
        let rows = try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM journal WHERE id >= ? AND id < ? AND (? IS NULL OR domain = ?)
                        AND (? IS NULL OR instr(lower(person), lower(?)) > 0) AND (? IS NULL OR kind = ?)
                    ORDER BY id DESC LIMIT ?
                    """,
                arguments: [
                    first, number, filter.domain?.description, filter.domain?.description, filter.person, filter.person,
                    filter.kind?.rawValue, filter.kind?.rawValue, limit,
                ])
        }
        return readable(rows, of: "journal", Self.act)
    }
}
