package import LapwingCore

/// Domains that somebody wants to find again, under a name.
package struct SavedFilter: Sendable, Hashable, Identifiable {
    /// The longest name, in characters.
    package static let longestName = 60
    /// The longest query, in bytes.
    package static let longestQuery = 2000
    /// How many there may be for all, and of one person.
    package static let mostOfOne = 20

    /// The number that the store gave it.
    package var id: Int64
    /// What it is called; no two of the same owner have one name.
    package var name: String
    /// Who has it for himself; nil where it is for all.
    package var owner: String?
    /// What the page of domains is asked for, as an address has it after the `?`.
    package var query: String

    package init(id: Int64 = 0, name: String, owner: String?, query: String) {
        self.id = id
        self.name = name
        self.owner = owner
        self.query = query
    }

    /// For the journal: `"Shops": tag=shop, for all`.
    fileprivate var words: String { "\"\(name)\": \(query)" + (owner == nil ? ", for all" : "") }
}

/// What comes of the wish to keep a filter.
package enum FilterOutcome: Sendable, Hashable {
    case kept(SavedFilter)
    /// There is one of that name.
    case taken
    /// There are as many as there may be.
    case full
    /// There is none of that number.
    case missing
}

extension Store {
    /// Filters of all people together that are kept.
    private static let mostFilters = 5000

    /// Keeps a filter under a number of its own.
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

    /// Gives a filter another name.
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

    /// Takes a filter away; false where there is none of that number.
    package func remove(filter id: Int64, by person: Person, at now: Timestamp) throws -> Bool {
        try write { database in
            guard let known = try Self.filter(id, database) else { return false }
            try database.execute("DELETE FROM saved_filter WHERE id = ?", [id])
            try Self.insert(Act(at: now, .discard, by: person, text: known.words, before: "filter \(id)"), database)
            return true
        }
    }

    /// The filters for all and those of one person, by name.
    ///
    /// - Parameter owner: nil for those that are for all alone.
    package func filters(of owner: String?) throws -> [SavedFilter] {
        let rows = try readOrRecall("filters of \(owner ?? "")") {
            try read { database in
                try database.rows(
                    "SELECT * FROM saved_filter WHERE owner = '' OR owner = ? ORDER BY name, id", [owner ?? ""])
            }
        }
        return readable(rows, of: "saved_filter", Self.filter)
    }

    /// What was one person's goes with him.
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
