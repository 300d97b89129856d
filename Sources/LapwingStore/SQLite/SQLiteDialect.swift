/// The SQL dialect of SQLite.
struct SQLiteDialect: Dialect {
    func definition(_ statement: String) -> String { statement }

    var tableExists: String { "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?)" }
    var tables: String {
        """
        SELECT name FROM sqlite_master
        WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name != 'grdb_migrations' ORDER BY 1
        """
    }
    var columns: String { "SELECT name, type FROM pragma_table_info(?)" }
    var steps: (table: String, column: String) { ("grdb_migrations", "identifier") }

    var noticeNumber: String { "rowid" }
    var noticeNumbering: [String] { [] }
    var list: String { "(SELECT value FROM json_each(?))" }

    func json(_ column: String, _ path: [String]) -> String {
        let steps = path.map { Int($0) == nil ? ".\($0)" : "[\($0)]" }.joined()
        return "iif(json_valid(\(column)), json_extract(\(column), '$\(steps)'), NULL)"
    }

    var briefDocument: String {
        "iif(json_valid(document), json_set(document, '$.evidence', json('[]')), document) AS document"
    }

    func bytes(_ column: String) -> String { "CAST(\(column) AS BLOB)" }
    func kind(_ column: String, _ usual: String) -> String { "typeof(\(column))" }
    var lastNumberOfJournal: String { "SELECT seq FROM sqlite_sequence WHERE name = 'journal'" }

    var settingLastNumberOfJournal: String { "UPDATE sqlite_sequence SET seq = ? WHERE name = 'journal'" }

    var journalIsOnlyAddedTo: [String] {
        [
            """
            CREATE TRIGGER journal_is_written_once BEFORE UPDATE ON journal
            BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END
            """,
            """
            CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal WHEN OLD.id > (SELECT max(id) FROM journal_anchor)
            BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END
            """,
        ]
    }
}
