/// An announcement of exact values, and its progress.
package struct AnnouncedMemory: Sendable, Hashable, Codable {
    /// The largest number of remembered announcements.
    package static let limit = 16

    /// The earliest time for the change.
    package var from: Timestamp
    /// The time by which the change must be complete.
    package var to: Timestamp
    /// The announced changes.
    package var content: [AnnouncedChange]
    /// The reason in the owner's words; empty if none was given.
    package var reason: String
    /// The values at the time of the announcement, in the order of the content and the notation of ``Change``; nil if
    /// unknown.
    package var before: [[String]?]
    /// When all of it was first seen; nil if it was not.
    package var doneAt: Timestamp?

    package init(_ window: MaintenanceWindow, content: [AnnouncedChange], before: [[String]?]) {
        from = window.from
        to = window.to
        self.content = content
        reason = window.reason
        self.before = before
    }

    /// Whether it is the announcement of a window.
    func isOf(_ window: MaintenanceWindow) -> Bool {
        from == window.from && to == window.to && content == window.content
    }
}

extension WatchState {
    /// Returns the watch with the announced names and types, even if the window has just ended.
    func looking(at watch: Watch) -> Watch {
        watch.looking(at: watch.windows.flatMap { $0.content ?? [] } + (announced ?? []).flatMap(\.content))
    }
}
