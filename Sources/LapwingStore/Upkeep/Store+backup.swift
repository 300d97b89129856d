import Foundation
import Glibc

extension Store {
    /// The reason why a copy could not be made or restored.
    package enum CopyFailure: Error, CustomStringConvertible {
        case exists(String)
        case unusable(path: String, reason: String)
        case newer(path: String)
        case system(path: String, reason: String)
        /// The store is not a file, and its database has its own tool for this.
        case otherTool(String)

        /// One sentence for the user who ran the command.
        package var description: String {
            switch self {
            case .exists(let path): "\(path) exists already; name another file, or give --force"
            case .unusable(let path, let reason): "\(path) is no store that can be put back: \(reason)"
            case .newer(let path): "\(path) was written by a newer version of Lapwing, which this one cannot read"
            case .system(let path, let reason): "\(path): \(reason)"
            case .otherTool(let words): words
            }
        }
    }

    /// The tool that copies a store that is not a file.
    package static let copyingTool =
        "the store is in PostgreSQL, whose own tools copy it: `pg_dump --format=custom` and `pg_restore`, or "
        + "`lapwing store copy` into a file of SQLite"

    /// Copies a consistent snapshot of the store into one file while others continue to write.
    ///
    /// The file gets its name once it is complete and on the disk, and is readable by its owner only.
    ///
    /// - Parameter replaces: whether an existing file may be replaced.
    /// - Throws: `CopyFailure`, and `DatabaseFault` if the store itself cannot be read.
    package func backUp(to path: String, replaces: Bool = false) throws {
        guard let file = database as? SQLiteEngine else { throw CopyFailure.otherTool(Self.copyingTool) }
        if !replaces, FileManager.default.fileExists(atPath: path) { throw CopyFailure.exists(path) }
        let part = path + ".part"
        try Self.translating(part) { try file.copy(to: part) }
        try Self.move(part, to: path)
    }

    /// Restores a copy in place of a store that no daemon uses; the present store is kept beside it.
    ///
    /// - Parameter suffix: the suffix for the name of the present store, such as `.before-20261201T080000Z`.
    /// - Returns: the new path of the present store; nil if there was none.
    /// - Throws: `Failure.inUse` while a daemon uses the store, `CopyFailure` if the copy is damaged or newer.
    package static func restore(_ copy: String, to path: String, keepingWith suffix: String) throws -> String? {
        let lock = try StoreLock(store: path)
        return try withExtendedLifetime(lock) {
            let part = path + ".part"
            try read(copy) { source in
                guard try !source.read({ try Migrations.all.isSuperseded($0) }) else {
                    throw CopyFailure.newer(path: copy)
                }
                try translating(part) { try source.copy(to: part) }
            }
            let kept = try setAside(path, suffix)
            try move(part, to: path)
            return kept
        }
    }

    /// Opens a copy for reading, and throws if it is not one.
    private static func read(_ path: String, _ body: (SQLiteEngine) throws -> Void) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CopyFailure.system(path: path, reason: "there is no such file")
        }
        do {
            let source = try SQLiteEngine(copy: path)
            let isStore = try source.read { database in
                let verdict = try database.value(String.self, "PRAGMA quick_check(1)")
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

    /// Treats a damaged copy as unusable.
    private static func translating(_ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let fault as RowFault {
            throw CopyFailure.unusable(path: path, reason: fault.description)
        } catch let fault as SQLiteEngine.FileFault {
            throw CopyFailure.system(path: path, reason: fault.reason)
        }
    }

    private static func move(_ from: String, to path: String) throws {
        guard rename(from, path) == 0 else {
            throw CopyFailure.system(path: path, reason: String(cString: strerror(errno)))
        }
        // Without this, a power cut may restore the old name.
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Renames the present store with its log; the files belong together.
    ///
    /// The store keeps its old name too until the copy takes it: a daemon that starts after a crash in between must not
    /// find an empty place and learn everything again.
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
