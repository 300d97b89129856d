/// Brings tables up to date, step by step.
struct Migrator: Sendable {
    private struct Step: Sendable {
        var name: String
        var run: @Sendable (Migration) throws -> Void
    }

    private var steps: [Step] = []

    /// Adds a step. It is one transaction, and is carried out once in the life of a store.
    mutating func registerMigration(_ name: String, _ run: @escaping @Sendable (Migration) throws -> Void) {
        steps.append(Step(name: name, run: run))
    }

    /// The names of the steps that were carried out, in their order; those that this version does not know come last.
    func done(_ database: Database) throws -> [String] {
        let (table, column) = database.dialect.steps
        guard try database.tableExists(table) else { return [] }
        let names = Set(try database.values(String.self, "SELECT \(column) FROM \(table)"))
        let known = steps.map(\.name)
        return known.filter(names.contains) + names.subtracting(known).sorted()
    }

    /// Whether a newer version of Lapwing has carried out a step that this one does not know.
    func isSuperseded(_ database: Database) throws -> Bool {
        !Set(try done(database)).subtracting(steps.map(\.name)).isEmpty
    }

    /// Whether all steps were carried out.
    func isComplete(_ database: Database) throws -> Bool {
        let done = Set(try done(database))
        return steps.allSatisfy { done.contains($0.name) }
    }

    /// Carries out what is missing.
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
                // Another process may have done it in the meantime.
                guard try !done(database).contains(step.name) else { return }
                try step.run(Migration(database: database))
                try database.execute("INSERT INTO \(table) (\(column)) VALUES (?)", [step.name])
            }
        }
    }
}

/// One step: its statements are written in SQLite's words for types, and every engine takes them in its own.
struct Migration {
    let database: Database

    var dialect: any Dialect { database.dialect }

    /// Makes or changes a table or an index.
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
