/// Executes statements on a server.
final class PostgreSQLConnection: DatabaseConnection {
    private let link: PostgreSQLLink

    init(_ link: PostgreSQLLink) { self.link = link }

    var dialect: any Dialect { PostgreSQLDialect() }

    func execute(_ sql: String, _ arguments: [StoredValue]) throws -> Int {
        try link.execute(sql, arguments).changes
    }

    func insert(_ sql: String, _ arguments: [StoredValue]) throws -> Int64 {
        guard let row = try link.execute(sql + " RETURNING id", arguments).rows(limit: 1).first,
            let number = Int64(stored: row[0])
        else { throw RowFault("a new row has no number") }
        return number
    }

    func script(_ sql: String) throws { try link.script(sql) }

    func rows(_ sql: String, _ arguments: [StoredValue], limit: Int) throws -> [Row] {
        try link.execute(sql, arguments).rows(limit: limit)
    }

    func each(_ sql: String, _ arguments: [StoredValue], _ body: (Row) throws -> Void) throws {
        try link.each(sql, arguments, body)
    }
}
