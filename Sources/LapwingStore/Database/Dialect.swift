import LapwingCore

/// Where engines say the same in different words.
protocol Dialect: Sendable {
    /// Translates a statement that creates or changes a table, an index or a view for this engine.
    ///
    /// - Parameter statement: a statement with SQLite's types: `INTEGER`, `TEXT`, `BLOB`; `INTEGER PRIMARY KEY` numbers
    ///   rows automatically.
    func definition(_ statement: String) -> String

    /// A query whether a table exists.
    var tableExists: String { get }
    /// The names of all tables of the store.
    var tables: String { get }
    /// The names and types of a table's columns, one row each, in order.
    var columns: String { get }
    /// The table of the migrations that were applied, and its column of names.
    var steps: (table: String, column: String) { get }

    /// A column of `notice` that grows with each row.
    var noticeNumber: String { get }
    /// Statements that create this column, unless it exists implicitly.
    var noticeNumbering: [String] { get }
    /// A table of one column with one row for each text; the argument is a JSON list of texts.
    var list: String { get }
    /// The value at a path of names and indices in a JSON column; null if there is none, or if the text is not JSON.
    func json(_ column: String, _ path: [String]) -> String
    /// An incident's document for a list, which does not need the evidence.
    var briefDocument: String { get }

    /// The stored bytes of a text.
    func bytes(_ column: String) -> String
    /// The type of a column's value: `integer`, `text`, `null` or another word.
    func kind(_ column: String, _ usual: String) -> String
    /// The highest number that was ever given to a journal entry.
    var lastNumberOfJournal: String { get }
    /// Sets that number to the argument.
    var settingLastNumberOfJournal: String { get }
    /// Triggers that prevent changes of journal entries, one statement each.
    var journalIsOnlyAddedTo: [String] { get }

    /// Statements that divide the tables of the history into parts by age; empty if the engine has no parts.
    var arrangingHistory: [String] { get }
    /// Creates the parts of the history that follow a moment.
    func prepareHistory(_ database: Database, at now: Timestamp) throws
    /// Returns the table with those rows of a table that are deleted individually, not with a part.
    func rows(withoutPartOf table: String) -> String
    /// Drops the parts of the history that end before a moment, and returns their names.
    func dropHistory(_ database: Database, before limit: Timestamp) throws -> [String]
}

extension Dialect {
    var arrangingHistory: [String] { [] }
    func prepareHistory(_ database: Database, at now: Timestamp) throws {}
    func rows(withoutPartOf table: String) -> String { table }
    func dropHistory(_ database: Database, before limit: Timestamp) throws -> [String] { [] }
}
