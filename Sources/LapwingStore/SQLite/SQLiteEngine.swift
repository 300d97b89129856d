import Foundation
import GRDB
import Glibc
import Synchronization

/// One file in WAL mode, or memory.
package final class SQLiteEngine: DatabaseEngine {
    /// The connections to the file; reading continues during a write.
    let file: any DatabaseWriter
    /// Nil for memory.
    let path: String?
    private let durability = Mutex(Durability())

    private struct Durability {
        /// Whether the connection waits for the disk at each commit; nil before the first one.
        var isDurable: Bool?
        /// Whether there are writes that may not be on the disk yet.
        var isUnsettled = false
    }

    init(_ file: any DatabaseWriter, path: String?) {
        self.file = file
        self.path = path
    }

    /// Opens or creates a file.
    convenience init(path: String, readOnly: Bool) throws {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // With FULL a commit survives a power cut once it returns; `write` selects a weaker setting where that is
            // sufficient.
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        try self.init(Self.translating { try DatabasePool(path: path, configuration: configuration) }, path: path)
    }

    /// A database in memory that lives as long as the object.
    convenience init() throws { try self.init(Self.translating { try DatabaseQueue() }, path: nil) }

    package var isAwayAsAWhole: Bool { false }

    package var keepsHistoryInParts: Bool { false }

    /// For one system call: every commit goes to the write-ahead log.
    package var mark: [Int64]? {
        guard let path else { return nil }
        var status = stat()
        guard stat(path + "-wal", &status) == 0 else { return nil }
        return [Int64(status.st_size), Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec)]
    }

    package func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.translating { try file.read { try body(Database($0)) } }
    }

    package func write<Value>(durably: Bool, _ body: (Database) throws -> Value) throws -> Value {
        try Self.translating {
            try file.writeWithoutTransaction { database in
                let isOther = durability.withLock { durability in
                    defer { durability.isDurable = durably }
                    // A durable commit also flushes all commits before it.
                    durability.isUnsettled = !durably
                    return durability.isDurable != durably
                }
                if isOther { try database.execute(sql: "PRAGMA synchronous = \(durably ? "FULL" : "NORMAL")") }
                var value: Value?
                try database.inTransaction(.immediate) {
                    value = try body(Database(database))
                    return .commit
                }
                guard let value else { throw RowFault("nothing was written") }
                return value
            }
        }
    }

    /// Runs statements that must not be in a transaction.
    package func withoutTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.translating { try file.writeWithoutTransaction { try body(Database($0)) } }
    }

    package func settle() throws {
        guard durability.withLock({ $0.isUnsettled }) else { return }
        try Self.translating {
            try file.writeWithoutTransaction { database in
                _ = try database.checkpoint(.passive)
                durability.withLock { $0.isUnsettled = false }
            }
        }
    }

    package func faults() throws -> [String] {
        try read { try $0.values(String.self, "PRAGMA integrity_check(100)") }.filter { $0 != "ok" }
    }

    package func sizes() throws -> (all: Int64, free: Int64, log: Int64) {
        let (all, free) = try read { database in
            func number(_ name: String) throws -> Int64 { try database.value(Int64.self, "PRAGMA \(name)") ?? 0 }
            let page = try number("page_size")
            return (try number("page_count") * page, try number("freelist_count") * page)
        }
        let attributes = path.flatMap { try? FileManager.default.attributesOfItem(atPath: $0 + "-wal") }
        return (all, free, (attributes?[.size] as? Int).map(Int64.init) ?? 0)
    }

    package func compact() throws { try Self.translating { try file.vacuum() } }

    // MARK: Faults

    /// Translates errors of SQLite to those of all engines.
    static func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw DatabaseFault(
                ofTheFile.contains(error.resultCode) ? .engine : .statement,
                reason: error.message ?? "\(error.resultCode)", description: "\(error)")
        }
    }

    /// Result codes for faults of the file or the disk, rather than of the statement.
    private static let ofTheFile: [ResultCode] = [
        .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_CORRUPT, .SQLITE_NOTADB,
        .SQLITE_PERM, .SQLITE_NOMEM, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL, .SQLITE_NOLFS,
    ]
}

extension Database {
    fileprivate init(_ database: GRDB.Database) { connection = SQLiteConnection(database) }
}
