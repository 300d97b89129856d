package import DNSWire
package import LapwingCore
package import LapwingStore

/// Where the pages, the API and the metrics get their facts; filled in by the program that puts the parts together.
package struct WebSources: Sendable {
    package var store: Store
    /// The present state of everything, as a value.
    package var figures: @Sendable () -> LiveFigures
    package var watches: @Sendable () -> [WatchedDomain]
    package var now: @Sendable () -> Timestamp
    package var version: String
    /// Carries out a check-up and tells each step when it is done; nil where there is none.
    package var check: (@Sendable (Name) -> AsyncStream<CheckStep>)?
    /// The chain of trust of a domain as it is now; nil where nobody can tell.
    package var trust: (@Sendable (Name) async -> TrustRail?)?
    /// Starts or stops watching at run time; throws a sentence for the person who asked.
    package var add: (@Sendable (Name) async throws -> Void)?
    package var remove: (@Sendable (Name) async throws -> Void)?
    /// `/probe`, `/config` and `/logs`, which answer as blackbox_exporter does.
    package var probe: ProbeEndpoints?
    /// Reads the configuration again; throws why it cannot be used.
    package var reload: (@Sendable () async throws -> Void)?
    /// Causes an event of the embedded world; its names are the buttons on the board.
    package var stage: Stage?

    package init(
        store: Store, figures: @escaping @Sendable () -> LiveFigures,
        watches: @escaping @Sendable () -> [WatchedDomain],
        now: @escaping @Sendable () -> Timestamp, version: String
    ) {
        self.store = store
        self.figures = figures
        self.watches = watches
        self.now = now
        self.version = version
    }
}

/// A domain that is looked after, and whether the configuration file says so (then only the file can remove it).
package struct WatchedDomain: Sendable {
    package var watch: Watch
    package var isFromFile: Bool

    package init(watch: Watch, isFromFile: Bool) {
        self.watch = watch
        self.isFromFile = isFromFile
    }
}

/// The events of a demonstration that a person may cause.
package struct Stage: Sendable {
    package var events: [(id: String, title: String)]
    package var cause: @Sendable (_ id: String) async -> Void

    package init(events: [(id: String, title: String)], cause: @escaping @Sendable (_ id: String) async -> Void) {
        self.events = events
        self.cause = cause
    }
}
