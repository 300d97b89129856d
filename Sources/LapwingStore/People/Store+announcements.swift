import DNSWire
package import LapwingCore

extension Store {
    /// Stores an announced window, and returns it with its number.
    ///
    /// - Parameter origin: the origin of the request, as in `Person.origin`.
    package func add(
        _ announced: AnnouncedWindow, from origin: String = "", at now: Timestamp
    ) throws -> AnnouncedWindow {
        let window = announced.window
        let covers = try window.covers.map { try Self.encode($0.map(\.rawValue).sorted()) }
        let clock = try window.recurrence.map { try Self.encode($0.clock) }
        let content = try window.content.map { try Self.encode($0) }
        return try write { database in
            let number = try database.insert(
                """
                INSERT INTO announcement (domain, began, ended, rule, clock, covers, reason, person, over, content)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    announced.domain?.description, window.from, window.to, window.recurrence?.text, clock, covers,
                    window.reason, announced.person, window.recurrence == nil ? window.to : nil,
                    content,
                ])
            var kept = announced
            kept.id = number
            try Self.insert(
                Act(
                    at: now, .announce, by: Person(kept.person, from: origin), domain: kept.domain, text: kept.words,
                    after: "announcement \(kept.id)"), database)
            return kept
        }
    }

    /// Ends an announced window; false if no current or future one has this number.
    package func withdraw(announcement id: Int64, by person: Person, at now: Timestamp) throws -> Bool {
        guard let known = try announcements(at: now).first(where: { $0.id == id }) else { return false }
        try write { database in
            try database.execute("UPDATE announcement SET over = ? WHERE id = ?", [now, id])
            try Self.insert(
                Act(
                    at: now, .withdraw, by: person, domain: known.domain, text: known.words,
                    before: "announcement \(id)"), database)
        }
        return true
    }

    /// Returns the current and future announced windows, in the order of their creation.
    package func announcements(at now: Timestamp) throws -> [AnnouncedWindow] {
        try readOrRecall("announcements") { try announcements("over IS NULL OR over > ?", [now]) }
    }

    /// Returns the announced windows in a period, including those whose repetitions may be in it; windows that were
    /// withdrawn before they began are omitted.
    package func announcements(from: Timestamp, to: Timestamp) throws -> [AnnouncedWindow] {
        try announcements("began < ? AND (over IS NULL OR over > ? AND over > began)", [to, from])
    }

    private func announcements(_ condition: String, _ arguments: Arguments) throws -> [AnnouncedWindow] {
        let rows = try read { database in
            try database.rows("SELECT * FROM announcement WHERE \(condition) ORDER BY id LIMIT 10000", arguments)
        }
        return readable(rows, of: "announcement") { row in
            let (from, to): (Timestamp, Timestamp) = (try row.get("began"), try row.get("ended"))
            let clock = try row.find("clock", as: String.self).map { try Self.decode(LocalClock.self, $0) }
            let covers = try row.find("covers", as: String.self).map { text in
                try Self.decode([String].self, text).map { word in
                    guard let subject = MaintenanceWindow.Subject(rawValue: word) else {
                        throw RowFault("a subject is unknown")
                    }
                    return subject
                }
            }
            let recurrence = try row.find("rule", as: String.self).map {
                try Recurrence($0, from: from, to: to, clock: clock ?? .utc)
            }
            return AnnouncedWindow(
                id: try row.get("id"), domain: try row.find("domain", as: String.self).map { try Name($0) },
                window: MaintenanceWindow(
                    from: from, to: to, covers: covers.map(Set.init), reason: try row.get("reason"),
                    recurrence: recurrence,
                    content: try row.find("content", as: String.self).map {
                        try Self.decode([AnnouncedChange].self, $0)
                    }),
                person: try row.get("person"))
        }
    }
}
