/// A time in which the owner has announced work, once or again and again.
package struct MaintenanceWindow: Sendable, Hashable {
    /// What the announced work may touch.
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        case servers, ns = "NS", ds = "DS", dnskey = "DNSKEY", a = "A", aaaa = "AAAA", mx = "MX", txt = "TXT", caa =
            "CAA"
        case registrar, lock
    }

    /// Begin and end; of a window that is repeated, those of the first time.
    package var from: Timestamp
    /// The first moment that is outside of it.
    package var to: Timestamp
    /// Nil means everything.
    package var covers: Set<Subject>?
    /// The owner's words; empty when none were given.
    package var reason: String
    /// How it is repeated; nil for a window that comes once.
    package var recurrence: Recurrence?
    /// What will be there, exactly; nil for work that is announced by its subjects only. Such a window covers this and nothing
    /// else.
    package var content: [AnnouncedChange]?

    package init(
        from: Timestamp, to: Timestamp, covers: Set<Subject>? = nil, reason: String = "",
        recurrence: Recurrence? = nil, content: [AnnouncedChange]? = nil
    ) {
        self.from = from
        self.to = to
        self.covers = covers
        self.reason = reason
        self.recurrence = recurrence
        self.content = content
    }

    /// The owner's reason in brackets, to follow what is said of the window; empty where none was given.
    package var why: String { reason.isEmpty ? "" : " (\(reason.prefix(500)))" }

    /// Whether the moment lies in it, or in one of its repetitions.
    package func holds(at moment: Timestamp) -> Bool {
        guard let recurrence else { return from <= moment && moment < to }
        return recurrence.occurrence(at: moment, within: 0, from: from, to: to) != nil
    }

    /// The one time of it that holds at a moment, otherwise the next one that begins within this many seconds.
    package func occurrence(at moment: Timestamp, within seconds: Int64) -> MaintenanceWindow? {
        guard let recurrence else {
            return moment < to && from.seconds(since: moment) <= seconds ? self : nil
        }
        return recurrence.occurrence(at: moment, within: seconds, from: from, to: to).map {
            MaintenanceWindow(from: $0.from, to: $0.to, covers: covers, reason: reason)
        }
    }
}
