import Foundation
package import LapwingCore

extension Store {
    private static let reportsKey = "reports"

    /// The code of the last period whose report was sent, by ``ReportOrder/key``.
    package func lastReports() throws -> [String: String] {
        try read(Self.lastReports)
    }

    private static func lastReports(_ database: Database) throws -> [String: String] {
        guard
            let text = try database.value(Data.self, "SELECT value FROM memo WHERE key = ?", [reportsKey])
        else { return [:] }
        // An unreadable value is replaced by an empty one; no report is sent then for periods that are already over.
        return (try? decode([String: String].self, text)) ?? [:]
    }

    /// Puts a report into the outbox and records its period, both or neither; without a notice only the period.
    package func post(_ notice: Notice?, of order: ReportOrder, period: ReportPeriod, at now: Timestamp) throws {
        try write(under: .desk) { database in
            var last = try Self.lastReports(database)
            last[order.key] = period.code
            try database.execute(Self.memo, [Self.reportsKey, Data(try Self.encode(last).utf8)])
            guard let notice else { return }
            try database.execute(
                """
                INSERT INTO notice (id, channel, incident, created, document, next_try) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """, [notice.id, notice.channel, notice.incident, now, Self.encode(notice), now])
        }
    }
}
