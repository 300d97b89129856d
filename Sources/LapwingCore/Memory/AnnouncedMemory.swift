/// An announcement with content, and how far it has come.
package struct AnnouncedMemory: Sendable, Hashable, Codable {
    /// Announcements that are remembered at most.
    package static let limit = 16

    /// From when on it may come.
    package var from: Timestamp
    /// By when it is to have come.
    package var to: Timestamp
    /// What was announced.
    package var content: [AnnouncedChange]
    /// The owner's words; empty when none were given.
    package var reason: String
    /// What was there when it was announced, in the order of the content, in the words of a ``Change``; nil where nothing was
    /// known.
    package var before: [[String]?]
    /// When all of it was seen for the first time; nil before.
    package var doneAt: Timestamp?

    package init(_ window: MaintenanceWindow, content: [AnnouncedChange], before: [[String]?]) {
        from = window.from
        to = window.to
        self.content = content
        reason = window.reason
        self.before = before
    }

    /// Whether it is what a window announces.
    func isOf(_ window: MaintenanceWindow) -> Bool {
        from == window.from && to == window.to && content == window.content
    }
}

extension WatchState {
    /// The watch with what was announced, be it that its time has just ended.
    func looking(at watch: Watch) -> Watch {
        watch.looking(at: watch.windows.flatMap { $0.content ?? [] } + (announced ?? []).flatMap(\.content))
    }
}
