import DNSWire
import LapwingConfig
import LapwingCore
import LapwingCrypto
import LapwingImport
import LapwingStore
import LapwingWeb
import Logging
import Synchronization

/// The watched domains: those of the configuration, and those that users added at run time.
///
/// Added domains are kept in the store; if the configuration names the same domain, the configuration applies.
final class WatchRegister: Sendable {
    /// The largest number of added domains; more belong into a file.
    static let mostAdded = 100_000

    private struct State {
        var file: Settings
        var reader: AddedDomainReader
        /// The declared records of the domains.
        var sources: DeclaredSources
        /// The indices of the configuration's domains in `watched`; they precede the added ones.
        var fromFile: [Name: Int32] = [:]
        var added: [Name: (options: String, watch: Watch)] = [:]
        /// Counts changes, so that a late task notices that its state is outdated.
        var version = 0
        var watched: [WatchedDomain] = []

        /// Computes the list of watched domains; for a single domain ``place(_:)`` is sufficient.
        mutating func settle() {
            version += 1
            fromFile = [:]
            for (place, watch) in file.watches.enumerated() { fromFile[watch.domain] = Int32(place) }
            // Most were added with the same options.
            var terms: Set<Boxed<WatchTerms>> = []
            for domain in added.keys { added[domain]?.watch.shareTerms(among: &terms) }
            let own = added.filter { fromFile[$0.key] == nil }.sorted { $0.key < $1.key }
            watched = file.watches.map { WatchedDomain(watch: $0, isFromFile: true) }
            watched += own.map { WatchedDomain(watch: $1.watch, isFromFile: false, options: $1.options) }
        }

        /// Inserts one added domain in the order of names, or removes it.
        mutating func place(_ domain: Name) {
            version += 1
            var low = file.watches.count
            var high = watched.count
            while low < high {
                let middle = (low + high) / 2
                if watched[middle].watch.domain < domain { low = middle + 1 } else { high = middle }
            }
            let isThere = low < watched.count && watched[low].watch.domain == domain
            let entry = added[domain].map { WatchedDomain(watch: $0.watch, isFromFile: false, options: $0.options) }
            switch (isThere, entry) {
            case (true, let entry?): watched[low] = entry
            case (true, nil): watched.remove(at: low)
            case (false, let entry?): watched.insert(entry, at: low)
            case (false, nil): break
            }
        }

        /// Applies the present declarations of the sources.
        mutating func take(_ sources: DeclaredSources) {
            self.sources = sources
            // There may be a hundred thousand domains.
            guard !sources.isEmpty else { return }
            sources.fill(&file.watches)
            let entries = added
            added = entries.mapValues { ($0.options, declared($0.watch)) }
        }

        /// Returns a watch with the declared records of its domain.
        func declared(_ watch: Watch) -> Watch {
            var watch = watch
            sources.fill(&watch)
            return watch
        }

        var settings: Settings {
            var settings = file
            settings.watches = watched.map(\.watch)
            return settings
        }
    }

    private let state: Mutex<State>
    /// Held while a change is written, so that changes are serialised and readers of the present state do not wait for
    /// the disk.
    private let writing = Mutex(())
    private let store: Store
    private let log: Logger
    private let now: @Sendable () -> Timestamp

    /// Throws if the store cannot be read.
    init(
        _ settings: Settings, reader: AddedDomainReader, sources: DeclaredSources = DeclaredSources(), store: Store,
        now: @escaping @Sendable () -> Timestamp, log: Logger
    ) throws {
        self.store = store
        self.now = now
        self.log = log
        state = Mutex(State(file: settings, reader: reader, sources: sources))
        let kept = try store.addedDomains()
        state.withLock { state in
            for (domain, options) in kept {
                state.added[domain] = (options, Self.watch(domain, options, reader, log))
            }
            state.take(sources)
            state.settle()
        }
    }

    var domains: [WatchedDomain] { state.withLock { $0.watched } }

    /// The largest number of domains with series of their own in `/metrics`.
    var metricsDomains: Int { state.withLock { $0.file.metricsDomains } }

    /// Returns a domain as it is watched at present; nil if it is not.
    func watched(_ domain: Name) -> WatchedDomain? {
        state.withLock { state in
            if let place = state.fromFile[domain] { return state.watched[Int(place)] }
            return state.added[domain].map {
                WatchedDomain(watch: $0.watch, isFromFile: false, options: $0.options)
            }
        }
    }

    func watch(of domain: Name) -> Watch? { watched(domain)?.watch }

    var channels: [Channel] { state.withLock { $0.file.channels } }

    var reloadsByItself: Bool { state.withLock { $0.file.reloadsByItself } }

    var routes: [Route] { state.withLock { $0.file.routes } }

    var resolvers: [ResolverSpecification] { state.withLock { $0.file.resolvers } }

    /// Whether a resolver of this label is configured.
    func compares(_ label: String) -> Bool {
        state.withLock { state in state.file.resolvers.contains { $0.label == label } }
    }

    /// Returns the configured location of a resolver.
    func region(of label: String) -> String? {
        state.withLock { state in state.file.resolvers.first { $0.label == label }?.region }
    }

    /// The severities of findings for domains without a configuration.
    var severities: SeverityPolicy { state.withLock { $0.file.severities } }

    /// The terms for accepting NOTIFY messages; nil if the daemon does not listen for them.
    var notifications: Settings.Notifications? { state.withLock { $0.file.notifications } }

    /// Returns a TSIG key by its name.
    func key(_ name: Name) -> TransactionKey? {
        let key = state.withLock { $0.file.keys.first { $0.name == name } }
        return key.flatMap { TransactionKey(name: $0.name, algorithm: $0.algorithm.rawValue, secret: $0.secret) }
    }

    var heartbeat: Settings.Heartbeat? { state.withLock { $0.file.heartbeat } }

    var clients: [Client] { state.withLock { $0.file.clients } }

    /// The reports that are sent on schedule.
    var reports: [ReportOrder] { state.withLock { $0.file.reports } }

    /// Seconds for which history is kept.
    var keepsHistoryFor: Int64 { state.withLock { $0.file.keepsHistoryFor } }

    /// The present settings, including added domains.
    var settings: Settings { state.withLock { $0.settings } }

    /// The declared records of the domains, as last read.
    var sources: DeclaredSources { state.withLock { $0.sources } }

    /// Replaces the declared records of the domains.
    func take(_ sources: DeclaredSources) {
        writing.withLock { _ in
            state.withLock { state in
                state.take(sources)
                state.settle()
            }
        }
    }

    /// Replaces the settings of the configuration, and adopts domains that other processes have added to the store.
    func take(_ settings: Settings, reader: AddedDomainReader, sources: DeclaredSources) {
        writing.withLock { _ in
            let kept = try? store.addedDomains()
            state.withLock { state in
                state.file = settings
                state.reader = reader
                let entries = kept ?? state.added.map { (domain: $0, options: $1.options) }
                // The defaults of the configuration may have changed.
                state.added = [:]
                for (domain, options) in entries {
                    state.added[domain] = (options, Self.watch(domain, options, reader, log))
                }
                state.take(sources)
                state.settle()
            }
        }
    }

    /// Adopts domains that other daemons have added to the store; returns whether anything changed.
    func readAgain() throws -> Bool {
        try writing.withLock { _ in
            let kept = try store.addedDomains()
            return state.withLock { state in
                let isSame = kept.count == state.added.count && kept.allSatisfy { state.added[$0]?.options == $1 }
                guard !isSame else { return false }
                let before = state.added
                state.added = [:]
                for (domain, options) in kept {
                    let known = before[domain].flatMap { $0.options == options ? $0 : nil }
                    state.added[domain] =
                        known ?? (options, state.declared(Self.watch(domain, options, state.reader, log)))
                }
                state.settle()
                return true
            }
        }
    }

    /// Starts watching a domain, or changes its options. Throws `WatchFault` with a sentence for the user.
    func put(_ domain: Name, options: String, by person: Person) throws {
        let domain = domain.folded
        let (reader, health) = state.withLock { ($0.reader, $0.file.health) }
        // Incidents, silences and routes could not tell the two apart.
        guard !health.contains(where: { $0.subject == domain }) else {
            throw WatchFault.unfit("A health of the configuration has this name.")
        }
        let watch: Watch
        do throws(ConfigFaults) {
            watch = try reader.watch(domain, options: options)
        } catch {
            throw WatchFault.unfit(error.faults.map(\.text).joined(separator: "; "))
        }
        try writing.withLock { _ in
            try state.withLock { state in
                guard state.fromFile[domain] == nil else { throw WatchFault.fromFile }
                guard state.added[domain] != nil || state.added.count < Self.mostAdded else {
                    throw WatchFault.unfit(
                        "\(Self.mostAdded) domains were added already; name more of them in a file.")
                }
            }
            try store.keep(added: domain, options: options, by: person, at: now())
            state.withLock { state in
                state.added[domain] = (options, state.declared(watch))
                state.place(domain)
            }
        }
    }

    /// Starts watching many domains, or changes their options: all of them, or none. The options were validated before.
    func put(_ entries: [AddedDomain], by person: Person) throws {
        try writing.withLock { _ in
            let reader = try state.withLock { state in
                let fresh = entries.count { state.added[$0.domain] == nil }
                guard state.added.count + fresh <= Self.mostAdded else {
                    throw WatchFault.unfit("More than \(Self.mostAdded) domains; name more of them in a file.")
                }
                guard !entries.contains(where: { state.fromFile[$0.domain] != nil }) else { throw WatchFault.fromFile }
                return state.reader
            }
            try store.keep(added: entries, by: person, at: now())
            state.withLock { state in
                for entry in entries {
                    state.added[entry.domain] = (
                        entry.options, state.declared(Self.watch(entry.domain, entry.options, reader, log))
                    )
                }
                state.settle()
            }
        }
    }

    /// Returns the changes that many domains would cause.
    func plan(_ domains: [ImportedDomain], tags: [String]) -> ImportPlan {
        let (reader, room, watched, healths) = state.withLock { state in
            (state.reader, Self.mostAdded - state.added.count, state.watched, state.file.health.map(\.subject))
        }
        let wanted = Set(domains.map(\.name))
        var known: [Name: ImportPlan.Known] = [:]
        for entry in watched where wanted.contains(entry.watch.domain.folded) {
            known[entry.watch.domain.folded] = .init(
                isHere: !entry.isFromFile,
                options: entry.options.flatMap { DomainOptions(json: $0) } ?? DomainOptions(), watch: entry.watch,
                holder: "the configuration file")
        }
        for health in healths where wanted.contains(health.folded) {
            known[health.folded] = .init(isHere: false, watch: nil, holder: "a health of the configuration")
        }
        return ImportPlan(domains, tags: tags, tagsNewOnly: true, known: known, most: max(0, room)) {
            name, options throws(ImportPlan.Unfit) in
            try reader.watch(name, options)
        }
    }

    func remove(_ domain: Name, by person: Person) throws {
        let domain = domain.folded
        try writing.withLock { _ in
            guard state.withLock({ $0.fromFile[domain] }) == nil else { throw WatchFault.fromFile }
            try store.drop(added: domain, by: person, at: now())
            state.withLock { state in
                state.added[domain] = nil
                state.place(domain)
            }
        }
    }

    /// Passes the present watches and settings to all parts that use them, and repeats this while newer ones arrive.
    func apply(_ take: (Settings) async -> Void) async {
        while true {
            let (version, settings) = state.withLock { ($0.version, $0.settings) }
            await take(settings)
            if state.withLock({ $0.version == version }) { return }
        }
    }

    /// Options from another version that are no longer valid are replaced by the defaults.
    private static func watch(_ domain: Name, _ options: String, _ reader: AddedDomainReader, _ log: Logger) -> Watch {
        do throws(ConfigFaults) {
            return try reader.watch(domain, options: options)
        } catch {
            log.error(
                "options of an added domain are left out", metadata: ["domain": "\(domain)", "fault": "\(error)"])
            return (try? reader.watch(domain, options: "{}")) ?? StandardWatch.watch(domain)
        }
    }
}
