package import DNSWire
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
        var conditions = ["id >= ?", "id < ?"]
        var arguments: [StoredValue] = [first.stored, number.stored]
        if let domain = filter.domain {
            conditions.append("domain = ?")
            arguments.append(domain.description.stored)
        }
        if let person = filter.person {
            conditions.append("lower(person) LIKE ? ESCAPE '!'")
            arguments.append("%\(Self.literally(person.lowercased()))%".stored)
        }
        if let kind = filter.kind {
            conditions.append("kind = ?")
            arguments.append(kind.rawValue.stored)
        }
        let statement = "SELECT * FROM journal WHERE \(conditions.joined(separator: " AND ")) ORDER BY id DESC LIMIT ?"
        let rows = try read { [arguments] in try $0.rows(statement, Arguments(arguments + [limit.stored])) }
        return readable(rows, of: "journal", Self.act)
    }

    /// A text as a part of a pattern of LIKE, in which nothing stands for something else.
    private static func literally(_ text: String) -> String {
        text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
    }
}
