/// Migrates tables to the present schema, step by step.
struct Migrator: Sendable {
    private struct Step: Sendable {
        var name: String
        var run: @Sendable (Migration) throws -> Void
    }

    private var steps: [Step] = []

    /// Adds a step. Each step is one transaction, and runs once in the life of a store.
    mutating func registerMigration(_ name: String, _ run: @escaping @Sendable (Migration) throws -> Void) {
        steps.append(Step(name: name, run: run))
    }

    /// Returns the names of the applied steps in order; those unknown to this version come last.
    func done(_ database: Database) throws -> [String] {
        let (table, column) = database.dialect.steps
        guard try database.tableExists(table) else { return [] }
        let names = Set(try database.values(String.self, "SELECT \(column) FROM \(table)"))
        let known = steps.map(\.name)
        return known.filter(names.contains) + names.subtracting(known).sorted()
    }

    /// Whether a newer version of Lapwing has applied a step that this one does not know.
    func isSuperseded(_ database: Database) throws -> Bool {
        !Set(try done(database)).subtracting(steps.map(\.name)).isEmpty
    }

    /// Whether all steps were applied.
    func isComplete(_ database: Database) throws -> Bool {
        let done = Set(try done(database))
        return steps.allSatisfy { done.contains($0.name) }
    }

    /// Applies the missing steps.
    func migrate(_ engine: any DatabaseEngine) throws {
        try engine.write { database in
            let (table, column) = database.dialect.steps
            try database.script(
                database.dialect.definition(
                    "CREATE TABLE IF NOT EXISTS \(table) (\(column) TEXT NOT NULL PRIMARY KEY)"))
        }
        for step in steps {
            try engine.write { database in
                let (table, column) = database.dialect.steps
                // Another process may have applied it in the meantime.
                guard try !done(database).contains(step.name) else { return }
                try step.run(Migration(database: database))
                try database.execute("INSERT INTO \(table) (\(column)) VALUES (?)", [step.name])
            }
        }
    }
}

/// One step. Its statements use SQLite's types, which each engine translates.
struct Migration {
    let database: Database

    var dialect: any Dialect { database.dialect }

    /// Creates or changes a table or an index.
    func execute(sql: String) throws { try execute(sql) }

    func execute(_ sql: String, _ arguments: Arguments = []) throws {
        let definition = dialect.definition(sql)
        if arguments.values.isEmpty {
            try database.script(definition)
        } else {
            try database.execute(definition, arguments)
        }
    }
}
