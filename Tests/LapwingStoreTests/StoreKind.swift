import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Synchronization
import Testing

/// What keeps a store: every test of what both must do is a table over these.
enum StoreKind: String, CaseIterable, Sendable {
    case sqlite, postgresql

    /// A new store for as long as nobody lets it go.
    func store() throws -> Store {
        switch self {
        case .sqlite: try Store()
        case .postgresql: try Store(path: TestServer.address(schema: try TestServer.get().makeSchema()))
        }
    }

    /// What a store says that takes nothing any more.
    var full: String {
        switch self {
        case .sqlite: "full"
        case .postgresql: "permission denied"
        }
    }
}

/// Stores of their own, one folder or schema a test.
final class StoreFolder {
    let kind: StoreKind
    let path: String
    let news = Heard()
    private let schema: String?

    init(_ kind: StoreKind = .sqlite) throws {
        self.kind = kind
        path = NSTemporaryDirectory() + "lapwing-\(UUID().uuidString)"
        schema = kind == .postgresql ? try TestServer.get().makeSchema() : nil
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What `store` of a configuration would say.
    var file: String { schema.map(TestServer.address(schema:)) ?? path + "/s.db" }

    func open(_ role: Store.Role = .keeper) throws -> Store {
        try Store(path: file, role: role) { [news] in news.add($0) }
    }

    final class Heard: Sendable {
        private let list = Mutex<[StoreNews]>([])
        func add(_ item: StoreNews) { list.withLock { $0.append(item) } }
        var unreadable: [String] {
            list.withLock { list in
                list.compactMap { if case .unreadable(let table, let row, _) = $0 { "\(table) \(row)" } else { nil } }
            }
        }
        var texts: [String] { list.withLock { $0.map(\.description) } }
    }
}

extension Store {
    private var file: SQLiteEngine? { database as? SQLiteEngine }

    /// A disk that takes no more, or takes again; a server that lets this user write no more.
    func setFull(_ isFull: Bool) throws {
        guard let file else {
            let change =
                isFull
                ? "REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s FROM lapwing; GRANT ALL ON lease TO lapwing"
                : "GRANT ALL ON ALL TABLES IN SCHEMA %s TO lapwing"
            return try database.write { database in
                let schema = try database.value(String.self, "SELECT current_schema()") ?? ""
                try database.script(change.replacing("%s", with: schema))
            }
        }
        try file.withoutTransaction { database in
            let pages = try database.value(Int.self, "PRAGMA page_count") ?? 0
            try database.script("PRAGMA max_page_count = \(isFull ? pages : 1_000_000)")
        }
    }

    /// Carries out statements that are written in SQLite's words.
    func execute(_ sql: String) throws {
        let isFile = file != nil
        try database.write { try $0.script(isFile ? sql : Self.translated(sql)) }
    }

    func number(_ sql: String) throws -> Int { try database.read { try $0.value(Int.self, sql) ?? -1 } }

    /// The few words of SQLite that tests use, in those of PostgreSQL.
    static func translated(_ sql: String) -> String {
        sql.replacing(#/X'([0-9a-fA-F]*)'/#) { "'\\x\($0.output.1)'" }
            .replacing(#/zeroblob\((\d+)\)/#) { "decode(repeat('00', \($0.output.1)), 'hex')" }
            .replacing(#/DROP TRIGGER (journal_\w+)/#) { "DROP TRIGGER \($0.output.1) ON journal" }
            .replacing(#/state = ((?:replace|substr)\(CAST\(state AS TEXT\).*\)) WHERE/#) {
                "state = convert_to(\($0.output.1.replacing("CAST(state AS TEXT)", with: "convert_from(state, 'UTF8')")), 'UTF8') WHERE"
            }
            .replacing(#/(state|body) = (\d[\de]*) /#) { "\($0.output.1) = '\($0.output.2)' " }
            .replacing("CAST(text AS BLOB)", with: "text || '.'")
            .replacing("form = 'x'", with: "form = -1")
    }
}
