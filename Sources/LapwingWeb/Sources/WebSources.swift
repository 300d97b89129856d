package import DNSWire
package import LapwingCore
package import LapwingImport
package import LapwingStore

/// Where the pages, the API and the metrics get their facts; filled in by the program that puts the parts together.
package struct WebSources: Sendable {
    /// History, incidents, notices, and what people did.
    package var store: SeenStore
    /// The present state of everything but single domains, as a value.
    package var figures: @Sendable () -> LiveFigures
    /// The domains that are watched, in the order of their names.
    package var watches: @Sendable () -> [WatchedDomain]
    /// Each domain's state in short, in the order of the names, and a place from which later changes can be asked for.
    package var glances: @Sendable (_ names: [Name]) -> (glances: [Glance?], place: Int)
    /// What changed from a place on, each domain with its last state; nil when that is not known any more.
    package var changedGlances: @Sendable (_ place: Int) -> (changed: [(name: Name, glance: Glance?)], place: Int)?
    /// All that is known of one domain at this moment.
    package var domain: @Sendable (Name) -> LiveFigures.Domain?
    /// What each domain may share with others, in the order of the names; nil for one that was not looked at.
    package var facts: @Sendable (_ names: [Name]) -> [SharedFacts?] = { names in
        [SharedFacts?](repeating: nil, count: names.count)
    }
    /// How long each server of a domain took to answer, since the start.
    package var latencies: @Sendable (Name) -> [LatencyLine] = { _ in [] }
    /// What the configuration says of where a resolver is, by its label.
    package var region: @Sendable (String) -> String? = { _ in nil }
    /// Whether a resolver is among those that are compared, by its label.
    package var compares: @Sendable (String) -> Bool = { _ in true }
    /// The ASCII form of a name in any script; nil when it is not allowed.
    package var asciiName: @Sendable (String) -> String? = { $0 }
    /// Whether strangers register names directly below this one.
    package var isSuffix: @Sendable (Name) -> Bool = { _ in false }
    /// The registered domain that a name is in; nil for a public suffix.
    package var registered: @Sendable (Name) -> Name? = { $0.labelCount < 2 ? nil : $0.suffix(labels: 2) }
    /// The wall clock.
    package var now: @Sendable () -> Timestamp
    /// The time by a clock that nobody sets, by which it is told what is overdue.
    package var steady: @Sendable () -> Timestamp
    /// One domain as it is watched at this moment; nil when it is not.
    package var watched: @Sendable (Name) -> WatchedDomain?
    /// The version of the program.
    package var version: String
    /// What the process has laid aside; nil where nobody has said.
    package var sandbox: SandboxReport?
    /// Carries out a check-up and tells each step when it is done; nil where there is none.
    package var check: (@Sendable (Name) -> AsyncStream<CheckStep>)?
    /// The same as if nothing were watched; nil where that makes no difference.
    package var checkStranger: (@Sendable (Name) -> AsyncStream<CheckStep>)?
    /// The chain of trust of a domain as it is now; nil where nobody can tell.
    package var trust: (@Sendable (Name) async -> TrustRail?)?
    /// Starts watching at run time, or changes how; the options are a JSON object. Throws ``WatchFault``.
    package var add: (@Sendable (_ name: Name, _ options: String, _ person: Person) async throws -> Void)?
    /// Starts watching many, or changes how: all of them, or none. Throws ``WatchFault``.
    package var addMany: (@Sendable ([AddedDomain], Person) async throws -> Void)?
    /// What domains would change, with tags for those that are new.
    package var plan: @Sendable (_ domains: [ImportedDomain], _ tags: [String]) -> ImportPlan
    /// Stops watching. Throws ``WatchFault``.
    package var remove: (@Sendable (Name, Person) async throws -> Void)?
    /// `/probe`, `/config` and `/logs`, which answer as blackbox_exporter does.
    package var probe: ProbeEndpoints?
    /// The channels, and a way to try them; nil where there are none to try.
    package var channels: ChannelDesk?
    /// Those who see a page of some of the domains, in the order of the configuration.
    package var clients: @Sendable () -> [Client] = { [] }
    /// Reports that are sent by themselves.
    package var reports: @Sendable () -> [ReportOrder] = { [] }
    /// Knows the links of messages again; nil where none are signed.
    package var seal: LinkSeal?
    /// The clocks of a time zone; nil where there is none of that name.
    package var clock: @Sendable (String) -> LocalClock? = { $0 == "UTC" ? .utc : nil }
    /// Reads the configuration again; throws why it cannot be used.
    package var reload: (@Sendable (Person) async throws -> Void)?
    /// Causes an event of the embedded world; its names are the buttons on the board.
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
    /// Sets of the domain itself that are seen whatever types are configured.
    private static let structural: Set<RecordType> = [.ns, .ds]

    /// What each source serves now of what is watched now: what a reload took out of the configuration has no present.
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

    /// When registrations end: as the registry says, or where it publishes nothing as the configuration does.
    func registrationEnds() throws -> [Name: Timestamp] {
        var ends: [Name: Timestamp] = [:]
        for (domain, end) in try store.registrationEnds(before: .latest, limit: 200_000) { ends[domain] = end }
        for watch in watches().lazy.map(\.watch) where ends[watch.domain] == nil {
            if watch.watchesRegistration, let end = watch.manualExpiry { ends[watch.domain] = end }
        }
        return ends
    }
}

/// A domain that is looked after, and whether the configuration file says so (then only the file can remove it).
package struct WatchedDomain: Sendable {
    /// What is watched of it, and how.
    package var watch: Watch
    /// Whether the configuration file names it.
    package var isFromFile: Bool
    /// What was said when it was added at run time, a JSON object.
    package var options: String?

    package init(watch: Watch, isFromFile: Bool, options: String? = nil) {
        self.watch = watch
        self.isFromFile = isFromFile
        self.options = options
    }
}

/// Why a domain is not added, changed or removed.
package enum WatchFault: Error {
    /// The configuration file names it, so only the file can change it.
    case fromFile
    /// What is wrong with the wish, in a sentence.
    case unfit(String)
}

/// A demonstration's world: what has happened in it, and what a person may cause.
package struct Stage: Sendable {
    /// `isUnderWay` is true until the world has mended what an event has done.
    package var events: @Sendable () -> [(id: String, title: String, isUnderWay: Bool)]
    /// What has really happened, oldest first; the monitor is never told of it.
    package var happened: @Sendable () -> [(at: Timestamp, domain: String, text: String)]
    /// Lets an event of ``events`` happen.
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
