import Foundation
package import LapwingCore

extension Store {
    /// Puts all waiting notices of a channel about one incident into the outbox of another channel, in order.
    ///
    /// Notices that were put there before are omitted, and so are those for which the other channel has a notice of its
    /// own. Unless one of them is an end, the other channel also gets the end of the incident from now on.
    ///
    /// - Parameter form: converts a notice for the other channel.
    package func redirect(
        _ notice: Notice, to other: String, at now: Timestamp, form: @Sendable (Notice) -> Notice
    ) throws {
        try persist(under: .desk) { database in
            let rows = try database.rows(
                """
                SELECT * FROM notice WHERE channel = ? AND incident = ? AND finished IS NULL
                ORDER BY \(database.dialect.noticeNumber) LIMIT 100
                """, [notice.channel, notice.incident])
            var last: Notice?
            for row in rows {
                guard let waiting = try? Self.outboxEntry(row).notice, waiting.recipients == nil else { continue }
                let formed = form(waiting)
                let isKnown = try database.value(
                    Bool.self, "SELECT EXISTS (SELECT 1 FROM notice WHERE id IN (?, ?))",
                    [formed.id, waiting.identifier(on: other)])
                guard isKnown == false else { continue }
                try database.execute(
                    """
                    INSERT INTO notice (id, channel, incident, created, document, next_try) VALUES (?, ?, ?, ?, ?, ?)
                    """, [formed.id, other, formed.incident, now, Self.encode(formed), now])
                last = waiting
            }
            guard let last, last.event != .close else { return }
            var said = try Self.said(database) ?? SaidLog()
            said.hear(last, over: other, at: now)
            try Self.keep(said: said, database)
        }
    }
}
