package import DNSWire

/// The data for a report, as it is stored: the domains, and their records.
package struct ReportMaterial: Sendable {
    /// One domain of the report.
    package struct Domain: Sendable, Hashable {
        /// The name of the domain.
        package var name: Name
        /// The end of the registration; nil if it is unknown.
        package var registrationEnds: Timestamp?
        /// Whether the owner has stated that end, since the registry publishes none.
        package var isEndStated = false
        /// The configured maintenance windows.
        package var windows: [MaintenanceWindow] = []

        package init(_ name: Name) { self.name = name }

        /// - Parameter known: the end of the registration according to the registry.
        package init(_ watch: Watch, registrationEnds known: Timestamp?) {
            name = watch.domain
            windows = watch.maintenance
            guard watch.watchesRegistration else { return }
            registrationEnds = known ?? watch.manualExpiry
            isEndStated = known == nil && watch.manualExpiry != nil
        }
    }

    /// A change in the history.
    package struct Noted: Sendable, Hashable {
        /// The domain in whose history it is.
        package var domain: Name
        /// When it was noted.
        package var at: Timestamp
        /// The change.
        package var change: Change

        package init(domain: Name, at: Timestamp, change: Change) {
            self.domain = domain
            self.at = at
            self.change = change
        }
    }

    /// The days that the report is about.
    package var period: ReportPeriod
    /// The time at which the report is made.
    package var now: Timestamp
    /// The domains, in the order of their names.
    package var domains: [Domain]
    /// Incidents of these domains that were open at some time in the period, or later.
    package var incidents: [Incident] = []
    /// When each incident was first acknowledged.
    package var acknowledged: [String: Timestamp] = [:]
    /// When the first message about each incident was accepted by its receiver.
    package var told: [String: Timestamp] = [:]
    /// Changes of these domains in the period, oldest first.
    package var changes: [Noted] = []
    /// The sums of each day's looks.
    package var days: [Name: [DayNumber: DayTally]] = [:]
    /// Work that people announced for one of these domains or for all, in the period.
    package var announcements: [AnnouncedWindow] = []
    /// Whether there were more changes or incidents than fit into one report.
    package var isCut = false

    package init(period: ReportPeriod, now: Timestamp, domains: [Domain]) {
        self.period = period
        self.now = now
        self.domains = domains.sorted { $0.name < $1.name }
    }
}

/// The readers of a report or a page, which determine what it may contain.
package enum Audience: Sendable {
    /// The operators of the monitor: everything.
    case operators
    /// A client: nothing about other clients, and only as many details as the client's entry allows.
    case client(Client, NameScreen)

    /// Whether domains are named.
    var showsNames: Bool {
        if case .client(let client, _) = self { client.showsNames } else { true }
    }

    /// Returns a text with arbitrary content; nil if it must not be shown.
    func detail(_ text: String) -> String? {
        switch self {
        case .operators: text
        case .client(let client, let screen):
            client.showsDetails && client.showsNames && screen.passes(text) ? text : nil
        }
    }

    /// Returns the name of a change, or the replacement if it must not be shown: glue has the name of a server.
    func name(of change: Change, instead: String) -> String {
        switch self {
        case .operators: change.name.plain
        case .client(let client, let screen):
            client.showsNames && change.kind != .glue && screen.owns(change.name) ? change.name.plain : instead
        }
    }
}

extension Name {
    /// The name without its final dot, as people write it.
    var plain: String { isRoot ? "." : String(description.dropLast()) }
}
