import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto

/// What one row of the journal holds, as the bytes that its hash covers.
struct JournalEntry {
    /// The names of the columns whose bytes are covered after number and moment, in this order.
    static let columns = ["kind", "person", "origin", "incident", "domain", "text", "before", "after"]
    /// What stands in the place of the hash before the first entry.
    static let beginning = [UInt8](repeating: 0, count: 32)
    /// A longer text is cut, in bytes: nobody can fill the disk by acting.
    private static let longest = 16 << 10

    var number: Int64
    /// Milliseconds since 1970.
    var at: Int64
    /// One for each of ``columns``; nil where there is none.
    var texts: [[UInt8]?]

    init(number: Int64, at: Int64, texts: [[UInt8]?]) {
        self.number = number
        self.at = at
        self.texts = texts
    }

    init(_ act: Act, number: Int64) {
        self.init(
            number: number, at: act.at.milliseconds,
            texts: [
                act.kind.rawValue, act.person, act.origin.isEmpty ? nil : act.origin, act.incident,
                act.domain?.description, act.text, act.before,
                act.after,
            ].map { $0.map(Self.bytes) })
    }

    /// A text as it is kept: SQLite would end it at a zero byte.
    private static func bytes(_ text: String) -> [UInt8] {
        var text = text.contains("\0") ? text.replacing("\0", with: "\u{fffd}") : text
        guard text.utf8.count > longest else { return Array(text.utf8) }
        text = String(decoding: text.utf8.prefix(longest), as: UTF8.self) + "…"
        return Array(text.utf8)
    }

    /// What the chain comes to with this entry: the SHA-256 of the hash before it, in hexadecimal, and then of each field
    /// after its length in bytes and a colon; a hyphen stands for a field that is absent.
    func hash(after previous: [UInt8]) -> [UInt8] {
        var bytes = Array(Hexadecimal.text(previous).utf8)
        for field in [Array("\(number)".utf8), Array("\(at)".utf8)] + texts {
            guard let field else {
                bytes.append(UInt8(ascii: "-"))
                continue
            }
            bytes += Array("\(field.count):".utf8) + field
        }
        return MessageDigest.sha256.of(bytes)
    }

    /// Puts it at the end of the journal.
    ///
    /// - Returns: what the chain has come to.
    func insert(after previous: [UInt8], _ database: Database) throws -> [UInt8] {
        let hash = hash(after: previous)
        let texts = texts.map { $0.map { String(decoding: $0, as: UTF8.self).stored } ?? .null }
        let values = [number.stored, at.stored] + texts + [Data(hash).stored]
        try database.execute(
            """
            INSERT INTO journal (id, at, \(Self.columns.joined(separator: ", ")), hash)
            VALUES (\(Database.marks(values.count)))
            """, Arguments(values))
        return hash
    }

    /// A row of ``selection(_:)``; nil where a part of it is of another kind than what is written.
    init?(_ row: Row) {
        guard let number = Int64(stored: row[0]), let at = Int64(stored: row[1]),
            let kinds = String(stored: row[2]), Self.areAsWritten(kinds)
        else { return nil }
        self.init(
            number: number, at: at,
            texts: Self.columns.indices.map { place in
                let value: StoredValue = row[3 + place]
                return Data(stored: value).map { Array($0) }
            })
    }

    /// Reads whole rows byte by byte: a text that is no text any more would be mended on its way otherwise.
    static func selection(_ dialect: any Dialect) -> String {
        let kinds = [dialect.kind("at", "integer")] + columns.map { dialect.kind($0, "text") }
        return "SELECT id, at, \(kinds.joined(separator: " || ' ' || ")), "
            + columns.map(dialect.bytes).joined(separator: ", ") + ", hash FROM journal"
    }

    /// The hash that a row of ``selection(_:)`` has.
    static func hash(_ row: Row) -> [UInt8]? {
        let value: StoredValue = row[3 + columns.count]
        return Data(stored: value).map { Array($0) }
    }

    private static func areAsWritten(_ kinds: String) -> Bool {
        let words = kinds.split(separator: " ")
        return words.first == "integer" && words.dropFirst().allSatisfy { $0 == "text" || $0 == "null" }
    }
}
