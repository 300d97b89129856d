import Foundation
import LapwingCore
import Synchronization

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
