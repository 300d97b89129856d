import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto

/// One row of the journal, as the bytes that its hash covers.
struct JournalEntry {
    /// The columns whose bytes the hash covers after number and moment, in this order.
    static let columns = ["kind", "person", "origin", "incident", "domain", "text", "before", "after"]
    /// The hash that precedes the first entry.
    static let beginning = [UInt8](repeating: 0, count: 32)
    /// The longest text in bytes; longer ones are cut, so that acts cannot fill the disk.
    private static let longest = 16 << 10

    var number: Int64
    /// Milliseconds since 1970.
    var at: Int64
    /// One for each of ``columns``; nil for null.
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

    /// The bytes that are stored for a text: SQLite would end it at a zero byte.
    private static func bytes(_ text: String) -> [UInt8] {
        var text = text.contains("\0") ? text.replacing("\0", with: "\u{fffd}") : text
        guard text.utf8.count > longest else { return Array(text.utf8) }
        text = String(decoding: text.utf8.prefix(longest), as: UTF8.self) + "…"
        return Array(text.utf8)
    }

    /// Returns the hash of the chain up to this entry: the SHA-256 of the previous hash in hexadecimal, followed by
    /// each field, preceded by its length in bytes and a colon; an absent field is a hyphen.
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

    /// Appends the entry to the journal.
    ///
    /// - Returns: the hash of the chain.
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

    /// Reads a row of ``selection(_:)``; nil if a column has another type than is ever written.
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

    /// Selects complete rows as bytes: a text that is no longer valid would otherwise be repaired on reading.
    static func selection(_ dialect: any Dialect) -> String {
        let kinds = [dialect.kind("at", "integer")] + columns.map { dialect.kind($0, "text") }
        return "SELECT id, at, \(kinds.joined(separator: " || ' ' || ")), "
            + columns.map(dialect.bytes).joined(separator: ", ") + ", hash FROM journal"
    }

    /// The stored hash in a row of ``selection(_:)``.
    static func hash(_ row: Row) -> [UInt8]? {
        let value: StoredValue = row[3 + columns.count]
        return Data(stored: value).map { Array($0) }
    }

    private static func areAsWritten(_ kinds: String) -> Bool {
        let words = kinds.split(separator: " ")
        return words.first == "integer" && words.dropFirst().allSatisfy { $0 == "text" || $0 == "null" }
    }
}
