package import DNSWire
package import LapwingCore
package import LapwingImport
package import LapwingStore

/// The sources of all data on the pages, in the API and in the metrics. The program that assembles the parts fills them
/// in.
package struct WebSources: Sendable {
    /// History, incidents, notices, and the acts of users.
    package var store: SeenStore
    /// The present state of everything except single domains, as a value.
    package var figures: @Sendable () -> LiveFigures
    /// The watched domains, in the order of their names.
    package var watches: @Sendable () -> [WatchedDomain]
    /// The summary of each domain, in the order of the names, and a place from which later changes can be read.
    package var glances: @Sendable (_ names: [Name]) -> (glances: [Glance?], place: Int)
    /// The domains that changed since a place, each with its latest summary; nil if that place is no longer known.
    package var changedGlances: @Sendable (_ place: Int) -> (changed: [(name: Name, glance: Glance?)], place: Int)?
    /// The present state of one domain; nil if it was not checked yet.
    package var domain: @Sendable (Name) -> LiveFigures.Domain?
    /// The properties that each domain may share with others, in the order of the names; nil for a domain that was not
    /// checked yet.
    package var facts: @Sendable (_ names: [Name]) -> [SharedFacts?] = { names in
        [SharedFacts?](repeating: nil, count: names.count)
    }
    /// The response times of each server of a domain since the start.
    package var latencies: @Sendable (Name) -> [LatencyLine] = { _ in [] }
    /// The configured location of a resolver, by its label; nil if none is configured.
    package var region: @Sendable (String) -> String? = { _ in nil }
    /// Whether the answers of a resolver are compared, by its label.
    package var compares: @Sendable (String) -> Bool = { _ in true }
    /// The ASCII form of a name in any script; nil if the name is not allowed.
    package var asciiName: @Sendable (String) -> String? = { $0 }
    /// Whether the public registers names directly below this one.
    package var isSuffix: @Sendable (Name) -> Bool = { _ in false }
    /// The registered domain that contains a name; nil for a public suffix.
    package var registered: @Sendable (Name) -> Name? = { $0.labelCount < 2 ? nil : $0.suffix(labels: 2) }
    /// The wall clock.
    package var now: @Sendable () -> Timestamp
    /// The steady clock, by which delays are measured.
    package var steady: @Sendable () -> Timestamp
    /// A domain as it is watched at present; nil if it is not.
    package var watched: @Sendable (Name) -> WatchedDomain?
    /// The version of the program.
    package var version: String
    /// The privileges that the process has given up; nil if this is not known.
    package var sandbox: SandboxReport?
    /// Runs a check-up and delivers each step as soon as it is done; nil if check-ups are not offered.
    package var check: (@Sendable (Name) -> AsyncStream<CheckStep>)?
    /// Runs a check-up as if the domain were not watched; nil if that makes no difference.
    package var checkStranger: (@Sendable (Name) -> AsyncStream<CheckStep>)?
    /// Validates the present chain of trust of a domain; nil if that is not possible.
    package var trust: (@Sendable (Name) async -> TrustRail?)?
    /// Starts watching a domain at run time, or changes its options, which are a JSON object. Throws ``WatchFault``.
    /// Nil if this is not offered.
    package var add: (@Sendable (_ name: Name, _ options: String, _ person: Person) async throws -> Void)?
    /// Starts watching many domains, or changes their options: all of them, or none. Throws ``WatchFault``.
    package var addMany: (@Sendable ([AddedDomain], Person) async throws -> Void)?
    /// Computes the changes that domains would cause; the tags are added to new ones.
    package var plan: @Sendable (_ domains: [ImportedDomain], _ tags: [String]) -> ImportPlan
    /// Stops watching a domain. Throws ``WatchFault``. Nil if this is not offered.
    package var remove: (@Sendable (Name, Person) async throws -> Void)?
    /// `/probe`, `/config` and `/logs`, compatible with blackbox_exporter; nil if they are not offered.
    package var probe: ProbeEndpoints?
    /// The channels, and a way to test them; nil if there are none.
    package var channels: ChannelDesk?
    /// The clients, in the order of the configuration.
    package var clients: @Sendable () -> [Client] = { [] }
    /// The reports that are sent on schedule.
    package var reports: @Sendable () -> [ReportOrder] = { [] }
    /// Verifies the signed links of messages; nil if links are not signed.
    package var seal: LinkSeal?
    /// The clock of a time zone; nil if its name is unknown.
    package var clock: @Sendable (String) -> LocalClock? = { $0 == "UTC" ? .utc : nil }
    /// Reloads the configuration. Throws if it cannot be used. Nil if this is not offered.
    package var reload: (@Sendable (Person) async throws -> Void)?
    /// The world of a demonstration; its events are buttons on the board; nil otherwise.
    package var stage: Stage?

    package init(
        store: Store, figures: @escaping @Sendable () -> LiveFigures,
        watches: @escaping @Sendable () -> [WatchedDomain],
        glances: @escaping @Sendable ([Name]) -> (glances: [Glance?], place: Int),
        changedGlances: @escaping @Sendable (Int) -> (changed: [(name: Name, glance: Glance?)], place: Int)?,
        domain: @escaping @Sendable (Name) -> LiveFigures.Domain?, now: @escaping @Sendable () -> Timestamp,
        version: String
    ) {
        self.store = SeenStore(store)
        self.figures = figures
        self.watches = watches
        self.glances = glances
        self.changedGlances = changedGlances
        self.domain = domain
        self.now = now
        steady = now
        watched = { name in watches().first { $0.watch.domain == name } }
        plan = { domains, tags in
            var known: [Name: ImportPlan.Known] = [:]
            for entry in watches() {
                known[entry.watch.domain.folded] = .init(
                    isHere: false, watch: entry.watch, holder: "something else")
            }
            return ImportPlan(domains, tags: tags, tagsNewOnly: true, known: known) { name, _ in
                Watch(domain: name, sets: [])
            }
        }
        self.version = version
    }
}

extension WebSources {
    /// RRsets of the domain itself that are always observed, whatever types are configured.
    private static let structural: Set<RecordType> = [.ns, .ds]

    /// Returns the present records of the watched RRsets from each source; RRsets that a reload has removed are
    /// omitted.
    func records(of domain: Name) throws -> [HistoryEntry] {
        let all = try store.records(of: domain)
        guard let watch = watched(domain)?.watch else { return all }
        let sets = Set(watch.sets)
        return all.filter { entry in
            let isWatched =
                sets.contains(entry.key) || entry.key.name == domain && Self.structural.contains(entry.key.type)
            let words = entry.source.split(separator: " ", maxSplits: 1)
            return isWatched && (words.count < 2 || words[0] != "resolver" || compares(String(words[1])))
        }
    }

    /// The ends of registrations: from the registry, or from the configuration if the registry publishes none.
    func registrationEnds() throws -> [Name: Timestamp] {
        var ends: [Name: Timestamp] = [:]
        for (domain, end) in try store.registrationEnds(before: .latest, limit: 200_000) { ends[domain] = end }
        for watch in watches().lazy.map(\.watch) where ends[watch.domain] == nil {
            if watch.watchesRegistration, let end = watch.manualExpiry { ends[watch.domain] = end }
        }
        return ends
    }
}

/// The reason why a domain is not added, changed or removed.
package enum WatchFault: Error {
    /// The configuration file names it, so only the file can change it.
    case fromFile
    /// The fault in the request, as a sentence.
    case unfit(String)
}
