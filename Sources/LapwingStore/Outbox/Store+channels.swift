package import LapwingCore

/// What became of the notices of one channel.
package struct ChannelRecord: Sendable, Hashable {
    /// Notices that the other side took.
    package var delivered = 0
    /// Notices that it refused, or that were given up.
    package var refused = 0
    /// Notices that wait for a try.
    package var waiting = 0
    /// When the notice was made that waits longest.
    package var waitsSince: Timestamp?
    /// The latest notices, newest first.
    package var latest: [OutboxEntry] = []

    package init() {}
}

extension Store {
    /// What became of the notices of each channel, by its name.
    ///
    /// - Parameter latest: so many notices of each are given in full.
    package func channelRecords(latest: Int = 20) throws -> [String: ChannelRecord] {
        let unheard = OutboxEntry.unheard.map { _ in "receipt LIKE ?" }.joined(separator: " OR ")
        var records: [String: ChannelRecord] = [:]
        let rows = try outbox.read { database -> [Row] in
            for row in try database.rows(
                """
                SELECT channel, count(*) - count(finished) AS waiting,
                    min(CASE WHEN finished IS NULL THEN created END) AS since,
                    count(CASE WHEN finished IS NOT NULL AND (\(unheard)) THEN 1 END) AS refused, count(*) AS total
                FROM notice GROUP BY channel
                """, Arguments(OutboxEntry.unheard.map { $0 + "%" }))
            {
                var record = ChannelRecord()
                record.waiting = try row.get("waiting")
                record.refused = try row.get("refused")
                record.delivered = try row.get("total", as: Int.self) - record.refused - record.waiting
                record.waitsSince = try row.find("since")
                records[try row.get("channel")] = record
            }
            return try database.rows(
                """
                SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY channel ORDER BY created DESC, id DESC) AS place
                    FROM notice) AS latest WHERE place <= ? ORDER BY place
                """, [latest])
        }
        for entry in readable(rows, of: "notice", Self.outboxEntry) {
            records[entry.notice.channel, default: ChannelRecord()].latest.append(entry)
        }
        return records
    }

    /// When the notice was made that waits longest for any channel; nil when none waits.
    package func oldestWaiting() throws -> Timestamp? {
        try outbox.read { database in
            try database.value(Timestamp.self, "SELECT min(created) FROM notice WHERE finished IS NULL")
        }
    }

    /// The last notice that a channel took of each incident that is open, or stands for a cause that others share; none
    /// of an incident that was told to be over or undone.
    ///
    /// - Parameter open: the open incidents.
    package func raised(on channel: String, of open: [String]) throws -> [Notice] {
        let rows = try outbox.read { database -> [[Row]] in
            let threads = try Self.said(database)?.threads.filter { $0.channel == channel }.map(\.incident) ?? []
            let notices = """
                SELECT * FROM notice WHERE incident = ? AND channel = ?
                ORDER BY created DESC, \(database.dialect.noticeNumber) DESC LIMIT 50
                """
            return try Set(open + threads).sorted().map { try database.rows(notices, [$0, channel]) }
        }
        return rows.compactMap { rows in
            let entries = readable(rows, of: "notice", Self.outboxEntry)
            // One that is told to be over or undone may still be on its way.
            guard entries.first?.notice.takesOff != true else { return nil }
            return entries.first { $0.outcome == .delivered && !$0.notice.takesOff }?.notice
        }
    }
}
