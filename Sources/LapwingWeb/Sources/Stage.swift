package import DNSWire
package import LapwingCore
package import LapwingImport
package import LapwingStore

/// The world of a demonstration: its past events, and those that a user can cause.
package struct Stage: Sendable {
    /// `isUnderWay` is true until the world has repaired the effects of an event.
    package var events: @Sendable () -> [(id: String, title: String, isUnderWay: Bool)]
    /// The real events, oldest first; they are never disclosed to the monitor.
    package var happened: @Sendable () -> [(at: Timestamp, domain: String, text: String)]
    /// Causes an event of ``events``.
    package var cause: @Sendable (_ id: String) async -> Void

    package init(
        events: @escaping @Sendable () -> [(id: String, title: String, isUnderWay: Bool)],
        happened: @escaping @Sendable () -> [(at: Timestamp, domain: String, text: String)],
        cause: @escaping @Sendable (_ id: String) async -> Void
    ) {
        self.events = events
        self.happened = happened
        self.cause = cause
    }
}
