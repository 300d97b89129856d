package import DNSWire
package import LapwingCore

/// The conditions of a list of journal entries; a missing condition does not restrict it.
package struct JournalFilter: Sendable, Hashable {
    /// Only entries about this domain (case-folded) and its incidents; nil for any.
    package var domain: Name?
    /// Only entries of persons whose name contains this text, ignoring case; nil for any.
    package var person: String?
    /// Only entries of this kind; nil for any.
    package var kind: Act.Kind?

    package init() {}
}

extension Store {
    /// Returns entries of a part of the journal, newest first.
    ///
    /// - Parameters:
    ///   - first: the lowest number to include.
    ///   - number: the number before which entries are returned.
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

    /// Escapes a text for a LIKE pattern, so that it is matched literally.
    private static func literally(_ text: String) -> String {
        text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
    }
}
