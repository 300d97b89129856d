import DNSWire
import Foundation
import GRDB
import LapwingCore
import LapwingCrypto
import LapwingStore
import Testing

@Suite("The journal") struct JournalTests {
    let folder: StoreFolder
    let store: Store
    let domain: Name

    init(_ kind: StoreKind = .sqlite) throws {
        folder = try StoreFolder(kind)
        store = try folder.open()
        domain = try Name("a.example")
    }

    private func act(_ number: Int64, incident: String? = nil) -> Act {
        Act(
            at: Made.now.adding(seconds: number), .note, by: Person("anna", from: "page, 192.0.2.7"),
            incident: incident,
            domain: domain, text: "remark \(number)", before: number % 2 == 0 ? "old" : nil, after: "new\nline")
    }

    private func fill(_ count: Int64) throws { for number in 1...count { try store.add(act(number)) } }

    /// What an independent reader of docs/journal.md works out for an entry.
    private static func hash(_ act: Act, after previous: String) -> String {
        var text = previous
        let fields: [String?] = [
            "\(act.id)", "\(act.at.milliseconds)", act.kind.rawValue, act.person, act.origin.isEmpty ? nil : act.origin,
            act.incident, act.domain?.description, act.text, act.before, act.after,
        ]
        for field in fields { text += field.map { "\($0.utf8.count):\($0)" } ?? "-" }
        return Hexadecimal.text(MessageDigest.sha256.of(Array(text.utf8)))
    }

    private static let zeros = String(repeating: "0", count: 64)

    @Test("has every act in its order, each with a hash over itself and all before it", arguments: StoreKind.allCases)
    static func chain(_ kind: StoreKind) throws { try Self(kind).chain() }

    private func chain() throws {
        try fill(3)
        var previous = ""
        var numbers: [Int64] = []
        try store.eachAct { number, hash in
            #expect(number == 0 && hash == Self.zeros)
            previous = hash
        } _: { act in
            #expect(act.hash == Self.hash(act, after: previous))
            previous = act.hash
            numbers.append(act.id)
        }
        #expect(numbers == [1, 2, 3])
        let found = store.examine()
        #expect(found.faults == [] && found.journal == JournalState(first: 1, last: 3, hash: previous))
        #expect(try store.acts(about: domain).map(\.text) == ["remark 3", "remark 2", "remark 1"])
    }

    @Test("says who, from where, what was before and what is after", arguments: StoreKind.allCases)
    static func parts(_ kind: StoreKind) throws { try Self(kind).parts() }

    private func parts() throws {
        let person = Person("eve", from: "API, 192.0.2.9")
        try store.keep(added: domain, options: "{}", by: person, at: Made.now)
        try store.keep(added: domain, options: "{}", by: person, at: Made.now)
        try store.keep(added: domain, options: #"{"interval":"1m"}"#, by: person, at: Made.now)
        try store.drop(added: domain, by: person, at: Made.now)
        let silence = try store.add(Made.silence(domain), by: person)
        try store.endSilence(silence.id, by: person, at: Made.now.adding(seconds: 5))
        let acts = try store.acts(after: 0)
        #expect(acts.map(\.kind) == [.add, .change, .remove, .silence, .unsilence], "what is the same is no act")
        #expect(acts.map(\.before) == [nil, "{}", #"{"interval":"1m"}"#, nil, "until \(silence.to)"])
        #expect(
            acts.map(\.after) == [
                "{}", #"{"interval":"1m"}"#, nil, "until \(silence.to)", "until \(Made.now.adding(seconds: 5))",
            ])
        #expect(acts.allSatisfy { $0.person == "eve" && $0.origin == person.origin && $0.domain == domain })
    }

    @Test("of many domains at once has one entry for all, with a digest of their names", arguments: StoreKind.allCases)
    static func many(_ kind: StoreKind) throws { try Self(kind).many() }

    private func many() throws {
        let names = try (0..<1500).map { try Name("d\($0).example") }
        try store.keep(added: names.map { AddedDomain(domain: $0, options: "{}") }, by: "ben", at: Made.now)
        let acts = try store.acts(after: 0)
        let lines = names.map(\.description).sorted().map { $0 + "\n" }.joined()
        #expect(acts.map(\.kind) == [.import])
        #expect(acts[0].text.hasPrefix("1500 kept, 0 removed: d0.example., "))
        #expect(acts[0].text.hasSuffix(Hexadecimal.text(MessageDigest.sha256.of(Array(lines.utf8)))))
    }

    @Test("is only added to", arguments: StoreKind.allCases)
    static func appendOnly(_ kind: StoreKind) throws { try Self(kind).appendOnly() }

    private func appendOnly() throws {
        try fill(3)
        for statement in [
            "UPDATE journal SET text = 'other' WHERE id = 2", "DELETE FROM journal WHERE id = 3", "DELETE FROM journal",
        ] {
            #expect(throws: DatabaseFault.self, "\(statement)") { try store.execute(statement) }
        }
        #expect(store.examine().faults == [])
    }

    @Test("names the entry of which any byte in the file is another")
    func bytes() throws {
        try fill(5)
        let third = try store.acts(after: 2)[0]
        let copy = folder.path + "/copy.db"
        try Store(path: folder.file, role: .reader).backUp(to: copy)
        let sound = try Data(contentsOf: URL(filePath: copy))
        // From the first covered text of the row to the end of its hash.
        let begin = try #require(sound.firstRange(of: Data("noteannapage, 192.0.2.7a.example.remark 3".utf8)))
        let hash = Data(try #require(Hexadecimal.bytes(third.hash)))
        let end = try #require(sound.firstRange(of: hash))
        #expect(end.upperBound - begin.lowerBound < 200)
        for place in begin.lowerBound..<end.upperBound {
            var data = sound
            data[place] ^= 0x15
            try data.write(to: URL(filePath: copy))
            let found = try Store(path: copy, role: .reader).examine()
            #expect(
                found.faults.filter { $0.hasPrefix("entry") } == ["entry 3 of the journal is not what was written"],
                "byte \(place - begin.lowerBound): \(found.faults)")
        }
        // What says how long and of which kind each text is, and the number of the entry.
        for place in (begin.lowerBound - 16)..<begin.lowerBound {
            var data = sound
            data[place] ^= 0x01
            try data.write(to: URL(filePath: copy))
            let found = try Store(path: copy, role: .reader).examine()
            #expect(found.faults.contains { $0.contains("journal") }, "byte \(place - begin.lowerBound)")
        }
    }

    @Test(
        "names what was cut out, and what was put in its place",
        arguments: [
            ("DELETE FROM journal WHERE id = 2", ["entry 2 of the journal: missing"]),
            ("DELETE FROM journal WHERE id IN (2, 3)", ["entries 2 to 3 of the journal: missing"]),
            ("DELETE FROM journal WHERE id > 3", ["entries 4 to 5 of the journal: missing at its end"]),
            ("DELETE FROM journal WHERE id = 1", ["entry 1 of the journal: missing"]),
            ("UPDATE journal SET at = at + 1 WHERE id = 4", ["entry 4 of the journal is not what was written"]),
            ("UPDATE journal SET before = '' WHERE id = 3", ["entry 3 of the journal is not what was written"]),
            (
                "UPDATE journal SET text = CAST(text AS BLOB) WHERE id = 3",
                ["entry 3 of the journal is not what was written"]
            ),
            ("UPDATE journal SET hash = zeroblob(32) WHERE id = 5", ["entry 5 of the journal is not what was written"]),
            ("UPDATE journal_anchor SET hash = zeroblob(31)", ["entry 1 of the journal is not what was written"]),
        ], StoreKind.allCases)
    static func cuts(_ cut: (String, [String]), _ kind: StoreKind) throws { try Self(kind).cuts(cut.0, cut.1) }

    private func cuts(_ statement: String, _ faults: [String]) throws {
        try fill(5)
        try store.execute("DROP TRIGGER journal_is_kept; DROP TRIGGER journal_is_written_once")
        try store.execute(statement)
        #expect(store.examine().faults == faults)
    }

    @Test("gives no number again when its end was cut off", arguments: StoreKind.allCases)
    static func numbers(_ kind: StoreKind) throws { try Self(kind).numbers() }

    private func numbers() throws {
        try fill(3)
        try store.execute("DROP TRIGGER journal_is_kept; DELETE FROM journal WHERE id > 1")
        try store.add(act(9))
        #expect(try store.lastAct() == 4)
        #expect(store.examine().faults == ["entries 2 to 3 of the journal: missing"])
    }

    @Test(
        "loses its beginning with the history that is kept, and can be checked as before", arguments: StoreKind.allCases
    )
    static func retention(_ kind: StoreKind) throws { try Self(kind).retention() }

    private func retention() throws {
        try fill(1200)
        let limit = Made.now.adding(seconds: 1100)
        while try store.forgetSome(before: limit) > 0 {}
        #expect(try store.acts(after: 0).first?.id == 1100)
        let found = store.examine()
        #expect(found.faults == [] && found.journal?.first == 1100 && found.journal?.last == 1200)
        var begin: Int64 = 0
        try store.eachAct({ number, _ in begin = number }, { _ in })
        #expect(begin == 1099)
        // The newest stays however old it is, and the chain goes on from there.
        while try store.forgetSome(before: .latest) > 0 {}
        try store.add(act(2000))
        #expect(try store.acts(after: 0).map(\.id) == [1200, 1201])
        #expect(store.examine().faults == [])
    }

    @Test("keeps what is about an incident that is kept, and all after it", arguments: StoreKind.allCases)
    static func retentionOfOpen(_ kind: StoreKind) throws { try Self(kind).retentionOfOpen() }

    private func retentionOfOpen() throws {
        try store.commit(try Made.round(1, of: domain))
        try store.add(act(1))
        try store.add(act(2, incident: "\(domain)-1"))
        try store.add(act(3))
        while try store.forgetSome(before: .latest) > 0 {}
        #expect(try store.acts(after: 0).map(\.id) == [2, 3])
        #expect(store.examine().faults == [])
    }

    @Test("cuts what is too long, and keeps what SQLite would cut", arguments: StoreKind.allCases)
    static func bounds(_ kind: StoreKind) throws { try Self(kind).bounds() }

    private func bounds() throws {
        try store.add(Act(at: Made.now, .note, by: "a\0b", text: String(repeating: "é", count: 20_000)))
        let kept = try store.acts(after: 0)[0]
        #expect(kept.person == "a\u{fffd}b" && kept.text.utf8.count < 17_000 && kept.text.hasSuffix("…"))
        #expect(store.examine().faults == [])
    }

    @Test("takes over what an older version kept of acts")
    func older() throws {
        let path = folder.path + "/old.db"
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/stores/before-zones.sql")
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: try String(contentsOf: fixtures, encoding: .utf8))
            for (number, person) in [(3, "anna"), (7, "")] {
                try database.execute(
                    sql: """
                        INSERT INTO act (id, at, kind, person, incident, domain, text)
                        VALUES (?, 1790000000000, 'accept', ?, 'old.example-1', 'old.example.', 'why')
                        """, arguments: [number, person])
            }
        }
        try queue.close()
        #expect(try Store(path: path, role: .reader).examine().faults == [])
        let store = try Store(path: path)
        let acts = try store.acts(of: "old.example-1")
        #expect(acts.map(\.id) == [1, 2] && acts.map(\.person) == ["anna", ""] && acts.map(\.origin) == ["", ""])
        #expect(acts.map(\.sentence) == ["accepted by anna: why", "accepted by somebody: why"])
        #expect(acts[0].hash == Self.hash(acts[0], after: Self.zeros))
        #expect(store.examine().faults == [])
        #expect(try store.number("SELECT count(*) FROM sqlite_master WHERE name = 'act'") == 0)
    }
}
