import Foundation
import GRDB
import Glibc

extension Store {
    /// Why a copy could not be made or put back.
    package enum CopyFailure: Error, CustomStringConvertible {
        case exists(String)
        case unusable(path: String, reason: String)
        case newer(path: String)
        case system(path: String, reason: String)

        /// One sentence, for the person who ran the command.
        package var description: String {
            switch self {
            case .exists(let path): "\(path) exists already; name another file, or give --force"
            case .unusable(let path, let reason): "\(path) is no store that can be put back: \(reason)"
            case .newer(let path): "\(path) was written by a newer version of Lapwing, which this one cannot read"
            case .system(let path, let reason): "\(path): \(reason)"
            }
        }
    }

    /// Copies the store as it is at one moment into one file, while others go on writing.
    ///
    /// The file appears under its name when it is whole and on the disk, readable by its owner only.
    ///
    /// - Parameter replaces: whether a file of that name may be replaced.
    /// - Throws: `CopyFailure`, and `DatabaseError` when the store itself cannot be read.
    package func backUp(to path: String, replaces: Bool = false) throws {
        if !replaces, FileManager.default.fileExists(atPath: path) { throw CopyFailure.exists(path) }
        let part = path + ".part"
        try Self.copy(database, to: part)
        try Self.move(part, to: path)
    }

    /// Puts a copy in the place of a store that no daemon uses; what was there is kept beside it.
    ///
    /// - Parameter suffix: what is added to the name of the store that was there, such as `.before-20261201T080000Z`.
    /// - Returns: where the store that was there is now; nil when there was none.
    /// - Throws: `Failure.inUse` while a daemon works on the store, `CopyFailure` when the copy is damaged or newer.
    package static func restore(_ copy: String, to path: String, keepingWith suffix: String) throws -> String? {
        let lock = try StoreLock(store: path)
        return try withExtendedLifetime(lock) {
            let part = path + ".part"
            try read(copy) { source in
                guard try !source.read({ try Migrations.all.hasBeenSuperseded($0) }) else {
                    throw CopyFailure.newer(path: copy)
                }
                try self.copy(source, to: part)
            }
            let kept = try setAside(path, suffix)
            try move(part, to: path)
            return kept
        }
    }

    /// Opens a copy for reading, and says so where it is none.
    private static func read(_ path: String, _ body: (DatabaseQueue) throws -> Void) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CopyFailure.system(path: path, reason: "there is no such file")
        }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let source = try DatabaseQueue(path: path, configuration: configuration)
            let isStore = try source.read { database in
                let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
                guard verdict == "ok" else { throw RowFault(verdict ?? "it cannot be checked") }
                return try database.tableExists("incident_event") && database.tableExists("domain")
            }
            guard isStore else { throw RowFault("it holds something else") }
            try body(source)
        } catch let failure as CopyFailure {
            throw failure
        } catch {
            throw CopyFailure.unusable(path: path, reason: "\(error)")
        }
    }

    /// A whole copy in one file without a log beside it, checked and on the disk.
    private static func copy(_ source: any DatabaseReader, to path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CopyFailure.system(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        do {
            let target = try DatabaseQueue(path: path)
            try source.backup(to: target)
            try target.writeWithoutTransaction { database in
                // The copy says of itself that a log lies beside it, as the store does; none is copied.
                _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
                let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "it cannot be checked"
                guard verdict == "ok" else { throw CopyFailure.unusable(path: path, reason: verdict) }
            }
            try target.close()
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
        guard fsync(descriptor) == 0 else {
            throw CopyFailure.system(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private static func move(_ from: String, to path: String) throws {
        guard rename(from, path) == 0 else {
            throw CopyFailure.system(path: path, reason: String(cString: strerror(errno)))
        }
        // Without it a power cut may bring the old name back.
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Gives the store that is there, and its log, another name; the three files belong together.
    ///
    /// The store keeps its old name too until the copy takes it: a daemon that starts after a crash in between must not
    /// find nothing and learn again.
    private static func setAside(_ path: String, _ suffix: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let kept = path + suffix
        guard link(path, kept) == 0 else {
            throw CopyFailure.system(path: kept, reason: String(cString: strerror(errno)))
        }
        for file in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + file) {
            guard rename(path + file, kept + file) == 0 else {
                throw CopyFailure.system(path: path + file, reason: String(cString: strerror(errno)))
            }
        }
        return kept
    }
}
