import Foundation
import LapwingCore
import Synchronization

/// What the store reports to the log.
package enum StoreNews: Sendable, CustomStringConvertible {
    /// A row that cannot be read is left out; all others count.
    case unreadable(table: String, row: String, reason: String)
    /// The file cannot be written: from now on all is kept in memory.
    case failing(reason: String)
    /// What was kept in memory is in the file.
    case recovered(seconds: Int64)
    /// Another daemon has taken the store over: this one must end.
    case superseded
    /// A worker cannot reach the server: nothing is looked at or told until it can.
    case unreachable(reason: String)
    /// It can again.
    case reached(seconds: Int64)
    /// Others took this worker for dead; it has begun anew, with nothing of what it held.
    case rejoined

    /// One sentence, for the log.
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

/// Why a row cannot be read.
struct RowFault: Error, CustomStringConvertible {
    var description: String

    init(_ text: String) { description = text }
}

/// Rows that were found unreadable by this process, so that each is reported once.
struct UnreadableRows {
    /// Beyond that a store is told to be bad as a whole by its log; more are left out without a word each.
    static let most = 10_000

    var known: Set<String> = []
}

extension Store {
    /// What rows hold; those that cannot be read are left out and reported.
    ///
    /// - Parameter key: the column that names a row.
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

    /// Tells of a row that cannot be read, and keeps what is known of it in a table of its own.
    func setAside(_ table: String, row: String, _ error: any Error, data: Data? = nil) {
        let isNew = unread.withLock { rows in
            rows.known.count < UnreadableRows.most && rows.known.insert("\(table) \(row)").inserted
        }
        guard isNew else { return }
        let reason = Self.reason(error)
        tell(.unreadable(table: table, row: row, reason: reason))
        guard role != .reader, trouble == nil else { return }
        // Where this cannot be written, the log has it.
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
