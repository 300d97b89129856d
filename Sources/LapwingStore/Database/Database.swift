/// A connection within a transaction, which executes statements.
///
/// Statements are written once for all engines, in their common part of SQL, with `?` for each argument. Where engines
/// differ, the statement uses a member of ``Dialect``.
package struct Database {
    let connection: any DatabaseConnection

    /// The SQL that is specific to the engine.
    var dialect: any Dialect { connection.dialect }

    /// Executes a statement.
    ///
    /// - Returns: the number of rows that were written or deleted.
    @discardableResult
    package func execute(_ sql: String, _ arguments: Arguments = []) throws -> Int {
        try connection.execute(sql, arguments.values)
    }

    /// Inserts a row into a table with numbered rows, and returns its number.
    func insert(_ sql: String, _ arguments: Arguments) throws -> Int64 {
        try connection.insert(sql, arguments.values)
    }

    /// Executes any number of statements without arguments, separated by semicolons.
    package func script(_ sql: String) throws { try connection.script(sql) }

    /// Returns all rows of a query.
    package func rows(_ sql: String, _ arguments: Arguments = []) throws -> [Row] {
        try connection.rows(sql, arguments.values, limit: .max)
    }

    /// Returns the first row of a query.
    package func row(_ sql: String, _ arguments: Arguments = []) throws -> Row? {
        try connection.rows(sql, arguments.values, limit: 1).first
    }

    /// Iterates over the rows of a query, of which only one at a time is in memory.
    ///
    /// The body must not execute another statement on the same connection.
    func each(_ sql: String, _ arguments: Arguments = [], _ body: (Row) throws -> Void) throws {
        try connection.each(sql, arguments.values, body)
    }

    /// Returns the first column of the first row; nil if there is no row, or if the value is null or of another type.
    package func value<Value: Storable>(
        _ type: Value.Type, _ sql: String, _ arguments: Arguments = []
    ) throws -> Value? {
        try row(sql, arguments).flatMap { Value(stored: $0[0]) }
    }

    /// Returns the first column of all rows, without values that are null or of another type.
    package func values<Value: Storable>(
        _ type: Value.Type, _ sql: String, _ arguments: Arguments = []
    ) throws -> [Value] {
        try rows(sql, arguments).compactMap { Value(stored: $0[0]) }
    }

    /// Whether a table with this name exists.
    func tableExists(_ name: String) throws -> Bool { try value(Bool.self, dialect.tableExists, [name]) ?? false }

    /// Returns a number of question marks, separated by commas.
    static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }

    /// Returns a statement that inserts a row into a table, or replaces the one with the same key.
    static func replacement(in table: String, by key: [String], _ columns: [String]) -> String {
        let others = columns.filter { !key.contains($0) }.map { "\($0) = excluded.\($0)" }
        return """
            INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks(columns.count)))
            ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(others.joined(separator: ", "))
            """
    }

    /// Provides a condition that a column contains one of some texts.
    ///
    /// - Parameter body: called with the condition for a column, and the arguments that it needs.
    func among<Value>(
        _ texts: [String], _ body: (_ condition: (String) -> String, _ arguments: Arguments) throws -> Value
    ) throws -> Value {
        try connection.among(texts, body)
    }
}

/// The engine's implementation of ``Database``.
protocol DatabaseConnection: AnyObject {
    var dialect: any Dialect { get }
    func execute(_ sql: String, _ arguments: [StoredValue]) throws -> Int
    func insert(_ sql: String, _ arguments: [StoredValue]) throws -> Int64
    func script(_ sql: String) throws
    func rows(_ sql: String, _ arguments: [StoredValue], limit: Int) throws -> [Row]
    func each(_ sql: String, _ arguments: [StoredValue], _ body: (Row) throws -> Void) throws
    func among<Value>(
        _ texts: [String], _ body: (_ condition: (String) -> String, _ arguments: Arguments) throws -> Value
    ) throws -> Value
}

extension DatabaseConnection {
    func among<Value>(
        _ texts: [String], _ body: (_ condition: (String) -> String, _ arguments: Arguments) throws -> Value
    ) throws -> Value {
        let list = dialect.list
        return try body({ "\($0) IN \(list)" }, [try Store.encode(texts)])
    }
}
