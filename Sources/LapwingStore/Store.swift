import Foundation
package import GRDB
package import LapwingCore

/// What must outlive the process: history, what the judge remembers, incidents, and notices on their way out.
///
/// One SQLite file in WAL mode. Every method is one transaction, so a process that is killed leaves whole rounds behind.
package final class Store: Sendable {
    package enum Failure: Error, CustomStringConvertible {
        case cannotOpen(path: String, reason: String)

        package var description: String {
            switch self {
            case .cannotOpen(let path, let reason): "cannot open the store \(path): \(reason)"
            }
        }
    }

    package let database: any DatabaseWriter
    let path: String?

    /// Opens or makes the file and brings its tables up to date.
    package init(path: String, readOnly: Bool = false) throws {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // A killed process loses nothing; only a power cut may cost the last second.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        do {
            database = try DatabasePool(path: path, configuration: configuration)
            if !readOnly { try Migrations.all.migrate(database) }
        } catch {
            throw Failure.cannotOpen(path: path, reason: "\(error)")
        }
    }

    /// A store that lives as long as the object.
    package init() throws {
        path = nil
        database = try DatabaseQueue()
        try Migrations.all.migrate(database)
    }

    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

extension Timestamp: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { milliseconds.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Timestamp? {
        Int64.fromDatabaseValue(value).map(Timestamp.init(milliseconds:))
    }
}
