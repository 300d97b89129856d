import Foundation
import LapwingCore
import Synchronization

/// The events that the store reports to the log.
package enum StoreNews: Sendable, CustomStringConvertible {
    /// An unreadable row is omitted; all others are used.
    case unreadable(table: String, row: String, reason: String)
    /// The file cannot be written: from now on all data is kept in memory.
    case failing(reason: String)
    /// The data that was kept in memory has been written to the file.
    case recovered(seconds: Int64)
    /// Another daemon has taken over the store: this one must end.
    case superseded
    /// A worker cannot reach the server: it makes no rounds and sends no notices until it can.
    case unreachable(reason: String)
    /// The server is reachable again.
    case reached(seconds: Int64)
    /// Others considered this worker dead; it has joined again, without its shards.
    case rejoined

    /// One sentence for the log.
    package var description: String {
        switch self {
        case .unreadable(let table, let row, let reason): "row \(row) of \(table) cannot be read: \(reason)"
        case .failing(let reason): "the store cannot be written: \(reason)"
        case .recovered(let seconds): "the store can be written again, after \(seconds) s"
        case .superseded: "another daemon has taken the store over; this one ends"
        case .unreachable(let reason): "the store cannot be reached: \(reason)"
        case .reached(let seconds): "the store can be reached again, after \(seconds) s"
        case .rejoined: "other workers took this one for dead; it begins anew"
        }
    }
}

/// The reason why a row cannot be read.
struct RowFault: Error, CustomStringConvertible {
    var description: String

    init(_ text: String) { description = text }
}

/// Rows that this process has found unreadable, so that each is reported once.
struct UnreadableRows {
    /// The largest number of rows that are reported individually; with so many, the store as a whole is evidently
    /// damaged.
    static let most = 10_000

    var known: Set<String> = []
}

extension Store {
    /// Returns the decoded rows; unreadable ones are omitted and reported.
    ///
    /// - Parameter key: the column that identifies a row.
    func readable<Value>(
        _ rows: [Row], of table: String, key: String = "id", _ read: (Row) throws -> Value
    ) -> [Value] {
        rows.compactMap { row in
            do {
                return try read(row)
            } catch {
                setAside(table, row: Self.text(row[key]), error)
                return nil
            }
        }
    }

    /// Reports an unreadable row, and sets its known content aside in a separate table.
    func setAside(_ table: String, row: String, _ error: any Error, data: Data? = nil) {
        let isNew = unread.withLock { rows in
            rows.known.count < UnreadableRows.most && rows.known.insert("\(table) \(row)").inserted
        }
        guard isNew else { return }
        let reason = Self.reason(error)
        tell(.unreadable(table: table, row: row, reason: reason))
        guard role != .reader, trouble == nil else { return }
        // If this cannot be written, the log contains it.
        _ = try? database.write { database in
            try database.execute(
                """
                INSERT INTO unreadable (at, source, row, reason, data) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (source, row) DO NOTHING
                """, [Timestamp(seconds: Int64(time(nil))), table, row, reason, data])
        }
    }

    static func text(_ value: StoredValue) -> String {
        String(stored: value) ?? Int64(stored: value).map { "\($0)" } ?? "?"
    }

    static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        let (context, key): (DecodingError.Context, (any CodingKey)?) =
            switch error {
            case .keyNotFound(let key, let context): (context, key)
            case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context):
                (context, nil)
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: "\(error)"), nil)
            }
        let path = (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
    }
}
