import Foundation
package import GRDB
package import LapwingCore
import Synchronization

/// What must outlive the process: history, what the judge remembers, incidents, and notices on their way out.
///
/// One SQLite file in WAL mode. Every method is one transaction, so a process that is killed leaves whole rounds behind.
/// Methods throw `DatabaseError` where SQLite cannot read or write; a row that cannot be read is no error: it is left
/// out, kept in a table of its own, and told to the log. All block the thread until the disk has answered.
/// The daemon goes on when the store cannot be written: see `Store+spare.swift`.
package final class Store: Sendable {
    /// Why a store cannot be opened.
    package enum Failure: Error, CustomStringConvertible {
        case cannotOpen(path: String, reason: String)
        case inUse(path: String, by: String)
        case newer(path: String)

        /// One sentence, for the person who started the program.
        package var description: String {
            switch self {
            case .cannotOpen(let path, let reason): "cannot open the store \(path): \(reason)"
            case .inUse(let path, let process): "the store \(path) is in use by \(process)"
            case .newer(let path):
                "the store \(path) was written by a newer version of Lapwing, which this one cannot read; "
                    + "run that version, or name another store"
            }
        }
    }

    /// Who opens it.
    package enum Role: Sendable {
        /// The daemon: one at a time, and it goes on from memory while the file cannot be written.
        case keeper
        /// A command beside it.
        case visitor
        /// A command that writes nothing.
        case reader
    }

    /// The connections to the file; reading goes on while something is written.
    package let database: any DatabaseWriter
    let path: String?
    let role: Role
    /// Held while something is written, one after the other.
    let writing = Mutex(Writing())
    /// In use while the file cannot be written; held for no longer than it takes to look.
    let reserve = Mutex<Spare?>(nil)
    let epochs = Atomic(0)
    let unread = Mutex(UnreadableRows())
    private let lock: StoreLock?
    let tell: @Sendable (StoreNews) -> Void

    /// Opens or makes the file, with a directory for it that only this user can read, and brings its tables up to date.
    ///
    /// - Parameter tell: hears of rows that cannot be read, and of a file that cannot be written.
    package init(
        path: String, role: Role = .visitor, tell: @escaping @Sendable (StoreNews) -> Void = { _ in }
    ) throws {
        self.path = path
        self.role = role
        self.tell = tell
        if role != .reader { try Self.makeDirectory(for: path) }
        lock = role == .keeper ? try StoreLock(store: path) : nil
        var configuration = Configuration()
        configuration.readonly = role == .reader
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // With FULL a commit is on the disk when it returns, even if the power fails then; `write` and `persist` say
            // where less will do.
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        let isNewer: Bool
        do {
            database = try DatabasePool(path: path, configuration: configuration)
            isNewer = try database.read { try Migrations.all.hasBeenSuperseded($0) }
            // A disk that is full is no reason not to read.
            let isCurrent = try database.read { try Migrations.all.hasCompletedMigrations($0) }
            if !isNewer, !isCurrent, role != .reader { try Migrations.all.migrate(database) }
        } catch {
            throw Failure.cannotOpen(path: path, reason: "\(error)")
        }
        if isNewer { throw Failure.newer(path: path) }
    }

    private static func makeDirectory(for path: String) throws {
        let directory = URL(filePath: path).deletingLastPathComponent().path
        guard !FileManager.default.fileExists(atPath: directory) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            let number = cause.flatMap { $0.domain == NSPOSIXErrorDomain ? Int32(exactly: $0.code) : nil }
            let reason = number.map { String(cString: strerror($0)) } ?? error.localizedDescription
            throw Failure.cannotOpen(path: path, reason: "its directory \(directory) cannot be made: \(reason)")
        }
    }

    /// A store that lives as long as the object.
    package init() throws {
        path = nil
        role = .visitor
        lock = nil
        tell = { _ in }
        database = try DatabaseQueue()
        try Migrations.all.migrate(database)
    }

    struct Writing {
        /// Whether the connection waits for the disk at each commit; nil before the first.
        var isDurable: Bool?
        /// Whether something was written that may not be on the disk yet.
        var isUnsettled = false
    }

    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try decode(type, Data(text.utf8))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ data: Data) throws -> Value {
        if StoredNumbers.exceed(data) { throw RowFault("a number of more than \(StoredNumbers.mostDigits) digits") }
        return try JSONDecoder().decode(type, from: data)
    }
}

extension Timestamp: DatabaseValueConvertible {
    /// As a number of milliseconds.
    package var databaseValue: DatabaseValue { milliseconds.databaseValue }

    /// Nil for anything but a number of milliseconds in the years 1 to 9999.
    package static func fromDatabaseValue(_ value: DatabaseValue) -> Timestamp? {
        Int64.fromDatabaseValue(value).flatMap(Timestamp.init(exactly:))
    }
}
