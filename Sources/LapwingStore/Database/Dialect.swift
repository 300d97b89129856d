import LapwingCore

/// Where engines say the same in different words.
protocol Dialect: Sendable {
    /// A statement that makes or changes a table, an index or a view, as this engine wants it.
    ///
    /// - Parameter statement: with SQLite's types: `INTEGER`, `TEXT`, `BLOB`; `INTEGER PRIMARY KEY` numbers rows by itself.
    func definition(_ statement: String) -> String

    /// Asks whether there is a table of a name.
    var tableExists: String { get }
    /// The names of all tables of ours.
    var tables: String { get }
    /// The names and types of a table's columns, each a row, in their order.
    var columns: String { get }
    /// The table that names the steps which brought the tables up to date, and its column.
    var steps: (table: String, column: String) { get }

    /// The column of `notice` that grows with each row.
    var noticeNumber: String { get }
    /// Statements that make this column, where it is not there by itself.
    var noticeNumbering: [String] { get }
    /// Texts, each a row, as a table of one column; the argument is a JSON list of texts.
    var list: String { get }
    /// What a JSON text in a column has at a path of names and places; nothing where there is none, and in a text that is
    /// no JSON.
    func json(_ column: String, _ path: [String]) -> String
    /// An incident's document for a list, in which its evidence is not needed.
    var briefDocument: String { get }

    /// The bytes of a text, as they are kept.
    func bytes(_ column: String) -> String
    /// Of which kind the value of a column is: `integer`, `text`, `null` or another word.
    func kind(_ column: String, _ usual: String) -> String
    /// The highest number that an entry of the journal was ever given.
    var lastNumberOfJournal: String { get }
    /// Makes another number that one; its argument.
    var settingLastNumberOfJournal: String { get }
    /// Triggers that let nobody change the journal, each a statement.
    var journalIsOnlyAddedTo: [String] { get }

    /// Statements that turn the tables of history into parts by age; none where rows go one by one.
    var arrangingHistory: [String] { get }
    /// Makes the parts of history that come after a moment.
    func prepareHistory(_ database: Database, at now: Timestamp) throws
    /// Where those rows of a table are that go one by one, not with a part.
    func rows(withoutPartOf table: String) -> String
    /// Drops the parts of history that end before a moment, and says which.
    func dropHistory(_ database: Database, before limit: Timestamp) throws -> [String]
}

extension Dialect {
    var arrangingHistory: [String] { [] }
    func prepareHistory(_ database: Database, at now: Timestamp) throws {}
    func rows(withoutPartOf table: String) -> String { table }
    func dropHistory(_ database: Database, before limit: Timestamp) throws -> [String] { [] }
}
