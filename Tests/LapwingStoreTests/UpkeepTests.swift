import DNSWire
import Foundation
import GRDB
import LapwingCore
import LapwingStore
import Testing

@Suite struct UpkeepTests {
    let folder: StoreFolder
    let a: Name

    init(_ kind: StoreKind = .sqlite) throws {
        folder = try StoreFolder(kind)
        a = try Name("a.example")
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("a copy holds what was there at one moment, though the daemon goes on, and is one private file")
    func backup() throws {
        let store = try folder.open()
        try store.commit(try Made.round(1, of: a))
        let copy = folder.path + "/copy.db"
        try Store(path: folder.file, role: .reader).backUp(to: copy)
        try store.commit(try Made.round(2, of: a))
        #expect(try mode(copy) == 0o600)
        #expect(!FileManager.default.fileExists(atPath: copy + "-wal"))
        #expect(!FileManager.default.fileExists(atPath: copy + ".part"))
        let kept = try Store(path: copy, role: .reader)
        #expect(try kept.incident("a.example.-1") != nil)
        #expect(try kept.incident("a.example.-2") == nil)
        #expect(try kept.state(of: a)?.rounds == 1)
        #expect(throws: Store.CopyFailure.self) { try store.backUp(to: copy) }
        try store.backUp(to: copy, replaces: true)
        #expect(try Store(path: copy, role: .reader).state(of: a)?.rounds == 2)
    }

    @Test("what was written without waiting for the disk is brought into the file")
    func settling() throws {
        let store = try folder.open()
        let file = folder.path + "/alone.db"
        /// What the file has without its journal, which only waits for the system to write it.
        func inTheFile() throws -> Int? {
            try? FileManager.default.removeItem(atPath: file)
            try FileManager.default.copyItem(atPath: folder.file, toPath: file)
            return try? Store(path: file, role: .reader).state(of: a)?.rounds
        }
        var round = try Made.round(1, of: a)
        round.outcome.events = []
        round.outcome.changes = []
        try store.commit(round)
        #expect(try inTheFile() == nil)
        try store.settle()
        #expect(try inTheFile() == 1)
        let moment = try FileManager.default.attributesOfItem(atPath: folder.file)[.modificationDate] as? Date
        try store.settle()
        #expect(try FileManager.default.attributesOfItem(atPath: folder.file)[.modificationDate] as? Date == moment)
    }

    @Test("a copy takes the store's place, which is kept")
    func restore() throws {
        let copy = folder.path + "/copy.db"
        do {
            let store = try folder.open()
            try store.commit(try Made.round(1, of: a))
            try store.backUp(to: copy)
            try store.commit(try Made.round(2, of: a))
            #expect(throws: Store.Failure.self, "a daemon has it") {
                try Store.restore(copy, to: folder.file, keepingWith: ".old")
            }
        }
        #expect(try Store.restore(copy, to: folder.file, keepingWith: ".old") == folder.file + ".old")
        #expect(try folder.open().state(of: a)?.rounds == 1)
        #expect(try Store(path: folder.file + ".old", role: .reader).state(of: a)?.rounds == 2)
    }

    @Test("a copy into a folder without a store makes one")
    func restoreElsewhere() throws {
        let copy = folder.path + "/copy.db"
        let store = try folder.open()
        try store.commit(try Made.round(1, of: a))
        try store.backUp(to: copy)
        let other = folder.path + "/other.db"
        #expect(try Store.restore(copy, to: other, keepingWith: ".old") == nil)
        #expect(try Store(path: other, role: .reader).state(of: a)?.rounds == 1)
    }

    @Test(
        "what is no copy of a store is refused, and the store stays", arguments: ["", "text", "other", "cut", "newer"])
    func badCopies(_ kind: String) throws {
        do { try folder.open().commit(try Made.round(1, of: a)) }
        let copy = folder.path + "/copy.db"
        switch kind {
        case "": break
        case "text": try Data("no database at all, but long enough to be looked at".utf8).write(to: URL(filePath: copy))
        case "other": try DatabaseQueue(path: copy).write { try $0.execute(sql: "CREATE TABLE t (x)") }
        default:
            try Store(path: folder.file, role: .reader).backUp(to: copy)
            if kind == "cut" {
                let data = try Data(contentsOf: URL(filePath: copy))
                try data.prefix(data.count / 2).write(to: URL(filePath: copy))
            } else {
                try DatabaseQueue(path: copy).write {
                    try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('a step of tomorrow')")
                }
            }
        }
        #expect(throws: Store.CopyFailure.self) { try Store.restore(copy, to: folder.file, keepingWith: ".old") }
        #expect(try folder.open().state(of: a)?.rounds == 1)
        #expect(!FileManager.default.fileExists(atPath: folder.file + ".old"))
        #expect(!FileManager.default.fileExists(atPath: folder.file + ".part"))
    }

    @Test("a sound store has no faults, and each bad row is named", arguments: StoreKind.allCases)
    static func examination(_ kind: StoreKind) throws { try Self(kind).examination() }

    private func examination() throws {
        let store = try folder.open()
        for number in 1...3 { try store.commit(try Made.round(number, of: a)) }
        let sound = store.examine()
        #expect(sound.faultCount == 0 && sound.rows >= 8)
        for statement in [
            "UPDATE incident SET document = '{}' WHERE id = 'a.example.-1'",
            "UPDATE memory SET body = X'00' WHERE domain = 'a.example.' AND part = 'sets'",
            "UPDATE incident_event SET document = X'00ff' WHERE id = 2",
        ] { try store.execute(statement) }
        let found = store.examine()
        #expect(found.faultCount == 3)
        for row in ["a.example.-1 of incident", "a.example. of memory", "2 of incident_event"] {
            #expect(found.faults.contains { $0.contains(row) }, "\(row)")
        }
        #expect(found.rows == sound.rows)
    }

    @Test("damaged pages are faults, and no crash")
    func damage() throws {
        do {
            let store = try folder.open()
            for number in 1...200 { try store.commit(try Made.round(number, of: try Name("d\(number).example"))) }
        }
        let copy = folder.path + "/copy.db"
        try Store(path: folder.file, role: .reader).backUp(to: copy)
        var data = try Data(contentsOf: URL(filePath: copy))
        let middle = data.count / 2 / 4096 * 4096
        data.replaceSubrange(middle..<(middle + 40_960), with: Data(repeating: 0xA5, count: 40_960))
        try data.write(to: URL(filePath: copy))
        let found = try Store(path: copy, role: .reader).examine()
        #expect(found.faultCount > 0)
        #expect(found.faults.count <= 100)
    }

    @Test("statistics count what is there", arguments: StoreKind.allCases)
    static func statistics(_ kind: StoreKind) throws { try Self(kind).statistics() }

    private func statistics() throws {
        let store = try folder.open()
        for number in 1...3 { try store.commit(try Made.round(number, of: a)) }
        try Made.speak(store)
        let found = try store.statistics()
        #expect(found.domains == 1 && found.waitingNotices == 3 && found.unreadableRows == 0)
        #expect(found.tables.first { $0.name == "incident_event" }?.rows == 3)
        #expect(found.bytes > 0 && found.schema != nil && found.latest == Made.now)
        if folder.kind == .sqlite { #expect(try StoreHolder.process(of: folder.file) == Int(getpid())) }
    }
}
