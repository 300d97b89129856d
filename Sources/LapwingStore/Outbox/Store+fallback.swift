import Foundation
package import LapwingCore

extension Store {
    /// Puts all that waits on a channel about the incident of a notice into the outbox of another channel, in its order.
    ///
    /// What was put there before is left out, and what was meant for that channel anyway: its own way back and end.
    /// Unless one of these is an end, the other channel hears of the end from now on.
    ///
    /// - Parameter form: the notice as it is for the other channel.
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
