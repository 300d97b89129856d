package import LapwingCore

/// A named selection of domains.
package struct SavedFilter: Sendable, Hashable, Identifiable {
    /// The longest name, in characters.
    package static let longestName = 60
    /// The longest query, in bytes.
    package static let longestQuery = 2000
    /// The largest number of filters for all users, and of personal filters of one user.
    package static let mostOfOne = 20

    /// The number in the store.
    package var id: Int64
    /// The name; it is unique per owner.
    package var name: String
    /// The owner of a personal filter; nil if it is for all users.
    package var owner: String?
    /// The query string of the page of domains.
    package var query: String

    package init(id: Int64 = 0, name: String, owner: String?, query: String) {
        self.id = id
        self.name = name
        self.owner = owner
        self.query = query
    }

    /// The text for the journal: `"Shops": tag=shop, for all`.
    fileprivate var words: String { "\"\(name)\": \(query)" + (owner == nil ? ", for all" : "") }
}

/// The result of storing a filter.
package enum FilterOutcome: Sendable, Hashable {
    case kept(SavedFilter)
    /// The name is taken.
    case taken
    /// The limit is reached.
    case full
    /// There is no filter with this number.
    case missing
}

extension Store {
    /// The largest number of filters of all users together.
    private static let mostFilters = 5000

    /// Stores a filter with a new number.
    package func add(_ filter: SavedFilter, by person: Person, at now: Timestamp) throws -> FilterOutcome {
        try write { database in
            let owner = filter.owner ?? ""
            let names = try database.values(String.self, "SELECT name FROM saved_filter WHERE owner = ?", [owner])
            guard !names.contains(filter.name) else { return .taken }
            let all = try database.value(Int.self, "SELECT count(*) FROM saved_filter") ?? 0
            guard names.count < SavedFilter.mostOfOne, all < Self.mostFilters else { return .full }
            var kept = filter
            kept.id = try database.insert(
                "INSERT INTO saved_filter (name, owner, query) VALUES (?, ?, ?)", [kept.name, owner, kept.query])
            try Self.insert(Act(at: now, .save, by: person, text: kept.words, after: "filter \(kept.id)"), database)
            return .kept(kept)
        }
    }

    /// Renames a filter.
    package func change(
        nameOfFilter id: Int64, to name: String, by person: Person, at now: Timestamp
    ) throws -> FilterOutcome {
        try write { database in
            guard let known = try Self.filter(id, database) else { return .missing }
            guard known.name != name else { return .kept(known) }
            let isTaken = try database.value(
                Bool.self, "SELECT EXISTS (SELECT 1 FROM saved_filter WHERE owner = ? AND name = ?)",
                [known.owner ?? "", name])
            guard isTaken != true else { return .taken }
            var kept = known
            kept.name = name
            try database.execute("UPDATE saved_filter SET name = ? WHERE id = ?", [name, id])
            try Self.insert(
                Act(at: now, .save, by: person, text: kept.words, before: known.name, after: name), database)
            return .kept(kept)
        }
    }

    /// Deletes a filter; false if there is none with this number.
    package func remove(filter id: Int64, by person: Person, at now: Timestamp) throws -> Bool {
        try write { database in
            guard let known = try Self.filter(id, database) else { return false }
            try database.execute("DELETE FROM saved_filter WHERE id = ?", [id])
            try Self.insert(Act(at: now, .discard, by: person, text: known.words, before: "filter \(id)"), database)
            return true
        }
    }

    /// Returns the filters for all users and those of one user, by name.
    ///
    /// - Parameter owner: nil for the filters for all users only.
    package func filters(of owner: String?) throws -> [SavedFilter] {
        let rows = try readOrRecall("filters of \(owner ?? "")") {
            try read { database in
                try database.rows(
                    "SELECT * FROM saved_filter WHERE owner = '' OR owner = ? ORDER BY name, id", [owner ?? ""])
            }
        }
        return readable(rows, of: "saved_filter", Self.filter)
    }

    /// Deletes the personal filters of a user.
    static func removeFilters(of owner: String, _ database: Database) throws {
        try database.execute("DELETE FROM saved_filter WHERE owner = ?", [owner])
    }

    private static func filter(_ id: Int64, _ database: Database) throws -> SavedFilter? {
        try database.row("SELECT * FROM saved_filter WHERE id = ?", [id]).map(filter)
    }

    private static func filter(_ row: Row) throws -> SavedFilter {
        let owner: String = try row.get("owner")
        return SavedFilter(
            id: try row.get("id"), name: try row.get("name"), owner: owner.isEmpty ? nil : owner,
            query: try row.get("query"))
    }
}
