import Foundation
import GRDB
import Glibc

extension SQLiteEngine {
    /// An error of the operating system about the file of a copy.
    struct FileFault: Error {
        let reason: String
    }

    /// Opens a copy for reading: one file without a write-ahead log.
    convenience init(copy path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        try self.init(Self.translating { try DatabaseQueue(path: path, configuration: configuration) }, path: path)
    }

    /// Makes a complete copy in one file without a write-ahead log, verified and flushed to the disk.
    ///
    /// - Throws: ``FileFault`` for an error of the operating system, ``RowFault`` if the copy is damaged.
    func copy(to path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFault(reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        do {
            try Self.translating {
                let target = try DatabaseQueue(path: path)
                try file.backup(to: target)
                try target.writeWithoutTransaction { database in
                    // The header of the copy states WAL mode, as that of the store does, but no log is copied.
                    _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
                    let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
                    guard verdict == "ok" else { throw RowFault(verdict ?? "it cannot be checked") }
                }
                try target.close()
            }
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
        guard fsync(descriptor) == 0 else { throw FileFault(reason: String(cString: strerror(errno))) }
    }
}
