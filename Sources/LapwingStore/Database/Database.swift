/// A connection within a transaction: what statements are put to.
///
/// Statements are written once for all engines, in the part of SQL that they share; `?` stands for each argument, and what
/// an engine says otherwise is a member of its ``Dialect``.
package struct Database {
    let connection: any DatabaseConnection

    /// What the engine says in words of its own.
    var dialect: any Dialect { connection.dialect }

    /// Carries out a statement.
    ///
    /// - Returns: how many rows it wrote or deleted.
    @discardableResult
    package func execute(_ sql: String, _ arguments: Arguments = []) throws -> Int {
        try connection.execute(sql, arguments.values)
    }

    /// Puts a row into a table whose rows have numbers, and gives its number.
    func insert(_ sql: String, _ arguments: Arguments) throws -> Int64 {
        try connection.insert(sql, arguments.values)
    }

    /// Carries out any number of statements that have no arguments, with semicolons between them.
    package func script(_ sql: String) throws { try connection.script(sql) }

    /// All rows that a statement finds.
    package func rows(_ sql: String, _ arguments: Arguments = []) throws -> [Row] {
        try connection.rows(sql, arguments.values, limit: .max)
    }

    /// The first of them.
    package func row(_ sql: String, _ arguments: Arguments = []) throws -> Row? {
        try connection.rows(sql, arguments.values, limit: 1).first
    }

    /// Goes through the rows that a statement finds, of which one at a time is held.
    ///
    /// The body must not put another statement to the same connection.
    func each(_ sql: String, _ arguments: Arguments = [], _ body: (Row) throws -> Void) throws {
        try connection.each(sql, arguments.values, body)
    }

    /// The first column of the first row; nil where there is none, and where it is nothing or of another kind.
    package func value<Value: Storable>(
        _ type: Value.Type, _ sql: String, _ arguments: Arguments = []
    ) throws -> Value? {
        try row(sql, arguments).flatMap { Value(stored: $0[0]) }
    }

    /// The first column of all rows, without those that are nothing or of another kind.
    package func values<Value: Storable>(
        _ type: Value.Type, _ sql: String, _ arguments: Arguments = []
    ) throws -> [Value] {
        try rows(sql, arguments).compactMap { Value(stored: $0[0]) }
    }

    /// Whether there is a table of this name.
    func tableExists(_ name: String) throws -> Bool { try value(Bool.self, dialect.tableExists, [name]) ?? false }

    /// So many question marks, with commas between them.
    static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }

    /// A statement that puts a row into a table, in the place of the one with the same key.
    static func replacement(in table: String, by key: [String], _ columns: [String]) -> String {
        let others = columns.filter { !key.contains($0) }.map { "\($0) = excluded.\($0)" }
        return """
            INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks(columns.count)))
            ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(others.joined(separator: ", "))
            """
    }

    /// As a condition: whether a column holds one of some texts.
    ///
    /// - Parameter body: is given the condition for a column, and the arguments that it wants there.
    func among<Value>(
        _ texts: [String], _ body: (_ condition: (String) -> String, _ arguments: Arguments) throws -> Value
    ) throws -> Value {
        try connection.among(texts, body)
    }
}

/// What an engine does for ``Database``.
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
