import Foundation
import Synchronization

/// All data that must outlive the process: history, the judge's memory, incidents, and the outbox of notices.
///
/// Either one SQLite file in WAL mode, or a PostgreSQL server. Every method is one transaction, so a process that is
/// killed leaves complete rounds behind. Methods throw ``DatabaseFault`` if the engine cannot read or write. An
/// unreadable row is no error: it is omitted, set aside in a table, and reported to the log. All methods block the
/// thread until the storage has answered. The daemon continues if the store cannot be written: see `Store+spare.swift`.
package final class Store: Sendable {
    /// The reason why a store cannot be opened.
    package enum Failure: Error, CustomStringConvertible {
        case cannotOpen(path: String, reason: String)
        case inUse(path: String, by: String)
        case newer(path: String)

        /// One sentence for the user who started the program.
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

    /// The role of the process that opens the store.
    package enum Role: Sendable, Hashable {
        /// The daemon: one at a time. It continues from memory while the file cannot be written.
        case keeper
        /// One of several daemons that share a server; while the server is unreachable, it makes no rounds and sends no
        /// notices.
        case worker(WorkerName)
        /// A command that runs beside the daemon.
        case visitor
        /// A command that writes nothing.
        case reader

        var isOfDaemon: Bool {
            switch self {
            case .keeper, .worker: true
            case .visitor, .reader: false
            }
        }
    }

    /// The connections to the file; reading continues during a write.
    package let database: any DatabaseEngine
    let path: String?
    let role: Role
    /// Held during a write, so that writes are serialised.
    let writing = Mutex(())
    /// In use while the file cannot be written; locked only briefly.
    let reserve = Mutex<Spare?>(nil)
    let epochs = Atomic(0)
    let unread = Mutex(UnreadableRows())
    /// The last results of reads without which no notice can be sent.
    let recalled = Mutex<[String: any Sendable]>([:])
    private let lock: StoreLock?
    let tell: @Sendable (StoreNews) -> Void

    /// Opens or creates the store and migrates its tables. A file gets a directory that only this user can read.
    ///
    /// - Parameters:
    ///   - path: the path of a file, or the connection string of a server: see ``StoreLocation``.
    ///   - tell: called for unreadable rows, and for a file that cannot be written.
    package init(
        path: String, role: Role = .visitor, tell: @escaping @Sendable (StoreNews) -> Void = { _ in }
    ) throws {
        self.role = role
        self.tell = tell
        let visible: String
        if let address = PostgreSQLAddress(path) {
            (self.path, lock, visible) = (nil, nil, address.visible)
            do {
                database = try PostgreSQLEngine(address, role: role) { tell(.superseded) }
            } catch let fault as DatabaseFault {
                throw Failure.cannotOpen(path: visible, reason: fault.reason)
            }
        } else {
            let file = StoreLocation(path).path ?? path
            (self.path, visible) = (file, file)
            if role != .reader { try Self.makeDirectory(for: file) }
            lock = role == .keeper ? try StoreLock(store: file) : nil
            do {
                database = try SQLiteEngine(path: file, readOnly: role == .reader)
            } catch {
                throw Failure.cannotOpen(path: visible, reason: "\(error)")
            }
        }
        try Self.bringUpToDate(database, visible, role)
        if case .worker(let name) = role {
            guard let server = database as? PostgreSQLEngine else {
                throw Failure.cannotOpen(path: visible, reason: "a file cannot be shared by workers")
            }
            do {
                try server.join(as: name, address: visible, tell: tell)
            } catch let fault as DatabaseFault {
                throw Failure.cannotOpen(path: visible, reason: fault.reason)
            }
        }
    }

    /// Seconds for which a worker waits for the end of workers with an older version.
    private static let patienceWithOlder = 60.0

    /// Waits until no worker is alive, since each would write to tables that it does not know.
    private static func awaitEndOfOlder(_ database: any DatabaseEngine, _ name: String, _ role: Role) throws {
        guard let server = database as? PostgreSQLEngine else { return }
        let start = Date()
        while case let living = try server.living(), !living.isEmpty, try !database.read(Migrations.all.isComplete) {
            let mayWait = if case .worker = role { true } else { false }
            guard mayWait, Date().timeIntervalSince(start) < patienceWithOlder else {
                throw Failure.cannotOpen(
                    path: name,
                    reason: "its tables have to be brought up to date, and workers of an older version use them: "
                        + "\(living.joined(separator: ", ")); stop these first")
            }
            Thread.sleep(forTimeInterval: 1)
        }
    }

    private static func bringUpToDate(_ database: any DatabaseEngine, _ name: String, _ role: Role) throws {
        let isNewer: Bool
        do {
            isNewer = try database.read { try Migrations.all.isSuperseded($0) }
            // A full disk is no reason not to read.
            let isCurrent = try database.read { try Migrations.all.isComplete($0) }
            if !isNewer, !isCurrent, role != .reader {
                try awaitEndOfOlder(database, name, role)
                try Migrations.all.migrate(database)
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure.cannotOpen(path: name, reason: "\(error)")
        }
        if isNewer { throw Failure.newer(path: name) }
    }

    /// Releases the store, so that another daemon can acquire it at once; the store must not be used after that.
    package func letGo() { (database as? PostgreSQLEngine)?.close() }

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

    /// A store in memory that lives as long as the object.
    package init() throws {
        path = nil
        role = .visitor
        lock = nil
        tell = { _ in }
        database = try SQLiteEngine()
        try Migrations.all.migrate(database)
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
