/// A time in which the owner has announced work, once or repeatedly.
package struct MaintenanceWindow: Sendable, Hashable {
    /// A subject that the announced work may change.
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        case servers, ns = "NS", ds = "DS", dnskey = "DNSKEY", a = "A", aaaa = "AAAA", mx = "MX", txt = "TXT", caa =
            "CAA"
        case registrar, lock
    }

    /// The beginning; for a repeated window, that of the first occurrence.
    package var from: Timestamp
    /// The first moment after it; for a repeated window, after the first occurrence.
    package var to: Timestamp
    /// The subjects; nil for everything.
    package var covers: Set<Subject>?
    /// The reason in the owner's words; empty if none was given.
    package var reason: String
    /// The recurrence; nil for a single window.
    package var recurrence: Recurrence?
    /// The exact future values; nil for work that is announced by its subjects only. Such a window covers these values
    /// and nothing else.
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

    /// The owner's reason in brackets, to be appended to a text about the window; empty if none was given.
    package var why: String { reason.isEmpty ? "" : " (\(reason.prefix(500)))" }

    /// Whether the moment is in it, or in one of its occurrences.
    package func holds(at moment: Timestamp) -> Bool {
        guard let recurrence else { return from <= moment && moment < to }
        return recurrence.occurrence(at: moment, within: 0, from: from, to: to) != nil
    }

    /// Returns the occurrence at a moment, or else the next one that begins within this many seconds; nil if there is
    /// none.
    package func occurrence(at moment: Timestamp, within seconds: Int64) -> MaintenanceWindow? {
        guard let recurrence else {
            return moment < to && from.seconds(since: moment) <= seconds ? self : nil
        }
        return recurrence.occurrence(at: moment, within: seconds, from: from, to: to).map {
            MaintenanceWindow(from: $0.from, to: $0.to, covers: covers, reason: reason)
        }
    }
}
