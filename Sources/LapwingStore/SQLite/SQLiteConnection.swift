import Foundation
import GRDB

/// Executes statements in SQLite; each is compiled once per connection.
final class SQLiteConnection: DatabaseConnection {
    private let database: GRDB.Database

    init(_ database: GRDB.Database) { self.database = database }

    var dialect: any Dialect { SQLiteDialect() }

    func execute(_ sql: String, _ arguments: [StoredValue]) throws -> Int {
        try database.cachedStatement(sql: sql).execute(arguments: Self.arguments(arguments))
        return database.changesCount
    }

    func insert(_ sql: String, _ arguments: [StoredValue]) throws -> Int64 {
        _ = try execute(sql, arguments)
        return database.lastInsertedRowID
    }

    func script(_ sql: String) throws { try database.execute(sql: sql) }

    func rows(_ sql: String, _ arguments: [StoredValue], limit: Int) throws -> [Row] {
        var rows: [Row] = []
        let statement = try database.cachedStatement(sql: sql)
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: Self.arguments(arguments))
        let columns = Row.Columns(statement.columnNames)
        while rows.count < limit, let row = try cursor.next() { rows.append(Self.row(row, columns)) }
        return rows
    }

    func each(_ sql: String, _ arguments: [StoredValue], _ body: (Row) throws -> Void) throws {
        let statement = try database.makeStatement(sql: sql)
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: Self.arguments(arguments))
        let columns = Row.Columns(statement.columnNames)
        while let row = try cursor.next() { try body(Self.row(row, columns)) }
    }

    /// The largest number of texts that are passed as a list. With more, SQLite calls a function for each row, which is
    /// far faster than binding a hundred thousand names.
    private static let fewTexts = 200

    func among<Value>(
        _ texts: [String], _ body: (_ condition: (String) -> String, _ arguments: Arguments) throws -> Value
    ) throws -> Value {
        guard texts.count > Self.fewTexts else {
            let list = dialect.list
            return try body({ "\($0) IN \(list)" }, [try Store.encode(texts)])
        }
        let meant = Set(texts)
        let function = DatabaseFunction("is_meant", argumentCount: 1, pure: true) { values in
            values.first.flatMap { String.fromDatabaseValue($0) }.map(meant.contains) ?? false
        }
        database.add(function: function)
        defer { database.remove(function: function) }
        return try body({ "is_meant(\($0))" }, [])
    }

    // MARK: Values

    private static func arguments(_ values: [StoredValue]) -> StatementArguments {
        StatementArguments(
            values.map { value -> DatabaseValue in
                switch value {
                case .null: .null
                case .integer(let number): number.databaseValue
                case .real(let number): number.databaseValue
                case .text(let text): text.databaseValue
                case .blob(let data): data.databaseValue
                }
            })
    }

    private static func row(_ row: GRDB.Row, _ columns: Row.Columns) -> Row {
        Row(
            columns,
            row.databaseValues.map { value in
                switch value.storage {
                case .null: .null
                case .int64(let number): .integer(number)
                case .double(let number): .real(number)
                case .string(let text): .text(text)
                case .blob(let data): .blob(data)
                }
            })
    }
}
