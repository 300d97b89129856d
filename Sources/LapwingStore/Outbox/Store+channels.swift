package import LapwingCore

extension Store {
    /// Returns the statistics of each channel's notices, by its name.
    ///
    /// - Parameter latest: the number of notices of each channel that are returned in full.
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

    /// Returns when the oldest waiting notice was created; nil if none waits.
    package func oldestWaiting() throws -> Timestamp? {
        try outbox.read { database in
            try database.value(Timestamp.self, "SELECT min(created) FROM notice WHERE finished IS NULL")
        }
    }

    /// Returns the last notice that a channel accepted about each incident that is open, or represents a shared cause;
    /// none about an incident that was reported as closed or undone.
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
            // The notice that it is closed or undone may not be delivered yet.
            guard entries.first?.notice.takesOff != true else { return nil }
            return entries.first { $0.outcome == .delivered && !$0.notice.takesOff }?.notice
        }
    }
}
