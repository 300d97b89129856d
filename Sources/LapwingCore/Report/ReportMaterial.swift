package import DNSWire

/// All that a report is made of, as the store has it: the domains, and what is kept of them.
package struct ReportMaterial: Sendable {
    /// One domain of the report.
    package struct Domain: Sendable, Hashable {
        package var name: Name
        /// When the registration ends; nil where nobody knows.
        package var registrationEnds: Timestamp?
        /// Whether the owner has stated that end, as the registry publishes none.
        package var isEndStated = false
        /// Windows of work of the configuration.
        package var windows: [MaintenanceWindow] = []

        package init(_ name: Name) { self.name = name }

        /// - Parameter known: the end of the registration by the registry.
        package init(_ watch: Watch, registrationEnds known: Timestamp?) {
            name = watch.domain
            windows = watch.maintenance
            guard watch.watchesRegistration else { return }
            registrationEnds = known ?? watch.manualExpiry
            isEndStated = known == nil && watch.manualExpiry != nil
        }
    }

    /// A change as the history has it.
    package struct Noted: Sendable, Hashable {
        package var domain: Name
        package var at: Timestamp
        package var change: Change

        package init(domain: Name, at: Timestamp, change: Change) {
            self.domain = domain
            self.at = at
            self.change = change
        }
    }

    package var period: ReportPeriod
    /// When the report is made.
    package var now: Timestamp
    /// In the order of their names.
    package var domains: [Domain]
    /// Incidents of these domains that were open at some time of the period, or later.
    package var incidents: [Incident] = []
    /// When each incident was acknowledged first.
    package var acknowledged: [String: Timestamp] = [:]
    /// When the first message about each incident was taken by its receiver.
    package var told: [String: Timestamp] = [:]
    /// Changes of these domains in the period, oldest first.
    package var changes: [Noted] = []
    /// What the looks of each day came to.
    package var days: [Name: [DayNumber: DayTally]] = [:]
    /// Work that people announced for one of these domains or for all, in the period.
    package var announcements: [AnnouncedWindow] = []
    /// Whether there were more changes or incidents than are taken into one report.
    package var isCut = false

    package init(period: ReportPeriod, now: Timestamp, domains: [Domain]) {
        self.period = period
        self.now = now
        self.domains = domains.sorted { $0.name < $1.name }
    }
}

/// For whom a report or a page is made: what it may say.
package enum Audience: Sendable {
    /// Those who run the monitor: everything.
    case operators
    /// A client: nothing of other clients, and no more of the inside than the client's entry allows.
    case client(Client, NameScreen)

    /// Whether domains are named.
    var showsNames: Bool {
        if case .client(let client, _) = self { client.showsNames } else { true }
    }

    /// A text that may hold anything; nil where it must not be shown.
    func detail(_ text: String) -> String? {
        switch self {
        case .operators: text
        case .client(let client, let screen):
            client.showsDetails && client.showsNames && screen.passes(text) ? text : nil
        }
    }

    /// The name of what was changed, or something else where it must not be shown: glue has the name of a server.
    func name(of change: Change, instead: String) -> String {
        switch self {
        case .operators: change.name.plain
        case .client(let client, let screen):
            client.showsNames && change.kind != .glue && screen.owns(change.name) ? change.name.plain : instead
        }
    }
}

extension Name {
    /// Without its final dot, as people write it.
    var plain: String { isRoot ? "." : String(description.dropLast()) }
}
