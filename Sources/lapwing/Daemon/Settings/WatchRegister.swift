import DNSWire
import LapwingConfig
import LapwingCore
import LapwingCrypto
import LapwingImport
import LapwingStore
import LapwingWeb
import Logging
import Synchronization

/// The domains under watch: those of the configuration file, and those that people added while it ran.
///
/// The added ones are kept in the store; where the file names the same domain, the file counts.
final class WatchRegister: Sendable {
    /// More domains than this belong into a file.
    static let mostAdded = 100_000

    private struct State {
        var file: Settings
        var reader: AddedDomainReader
        /// What files declare of the domains.
        var sources: DeclaredSources
        /// The places of the file's domains in `watched`, which stand before the added ones.
        var fromFile: [Name: Int32] = [:]
        var added: [Name: (options: String, watch: Watch)] = [:]
        /// Counts changes, so that a task that comes late sees that its state is not the newest.
        var version = 0
        var watched: [WatchedDomain] = []

        /// Works out again what is watched; for one domain ``place(_:)`` is enough.
        mutating func settle() {
            version += 1
            fromFile = [:]
            for (place, watch) in file.watches.enumerated() { fromFile[watch.domain] = Int32(place) }
            let own = added.filter { fromFile[$0.key] == nil }.sorted { $0.key < $1.key }
            watched = file.watches.map { WatchedDomain(watch: $0, isFromFile: true) }
            watched += own.map { WatchedDomain(watch: $1.watch, isFromFile: false, options: $1.options) }
        }

        /// Puts one added domain where it belongs by its name, or takes it out.
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

        /// Takes what the sources declare now.
        mutating func take(_ sources: DeclaredSources) {
            self.sources = sources
            // There may be a hundred thousand domains.
            guard !sources.isEmpty else { return }
            sources.fill(&file.watches)
            let entries = added
            added = entries.mapValues { ($0.options, declared($0.watch)) }
        }

        /// A watch with what the sources declare of its domain.
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
    /// Held while a change is written: one at a time, and nobody who only reads what is in force waits for the disk.
    private let writing = Mutex(())
    private let store: Store
    private let log: Logger
    private let now: @Sendable () -> Timestamp

    /// Throws when the store cannot be read.
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

    /// At most this many domains have series of their own on `/metrics`.
    var metricsDomains: Int { state.withLock { $0.file.metricsDomains } }

    /// One domain as it is watched now; nil when it is not.
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

    /// What the configuration says of where a resolver is.
    func region(of label: String) -> String? {
        state.withLock { state in state.file.resolvers.first { $0.label == label }?.region }
    }

    /// How severe findings are for domains of which nothing is said.
    var severities: SeverityPolicy { state.withLock { $0.file.severities } }

    /// Who may say that a zone has changed; nil where that is not listened for.
    var notifications: Settings.Notifications? { state.withLock { $0.file.notifications } }

    /// A shared key by its name.
    func key(_ name: Name) -> TransactionKey? {
        let key = state.withLock { $0.file.keys.first { $0.name == name } }
        return key.flatMap { TransactionKey(name: $0.name, algorithm: $0.algorithm.rawValue, secret: $0.secret) }
    }

    var heartbeat: Settings.Heartbeat? { state.withLock { $0.file.heartbeat } }

    var clients: [Client] { state.withLock { $0.file.clients } }

    /// Reports that are sent by themselves.
    var reports: [ReportOrder] { state.withLock { $0.file.reports } }

    /// Seconds for which history is kept.
    var keepsHistoryFor: Int64 { state.withLock { $0.file.keepsHistoryFor } }

    /// The present settings, with the domains that were added.
    var settings: Settings { state.withLock { $0.settings } }

    /// What files declare of the domains, as it was last read.
    var sources: DeclaredSources { state.withLock { $0.sources } }

    /// Takes what files declare of the domains from now on.
    func take(_ sources: DeclaredSources) {
        writing.withLock { _ in
            state.withLock { state in
                state.take(sources)
                state.settle()
            }
        }
    }

    /// Takes what the file says from now on, and what other processes have put into the store meanwhile.
    func take(_ settings: Settings, reader: AddedDomainReader, sources: DeclaredSources) {
        writing.withLock { _ in
            let kept = try? store.addedDomains()
            state.withLock { state in
                state.file = settings
                state.reader = reader
                let entries = kept ?? state.added.map { (domain: $0, options: $1.options) }
                // The file's defaults may be others now.
                state.added = [:]
                for (domain, options) in entries {
                    state.added[domain] = (options, Self.watch(domain, options, reader, log))
                }
                state.take(sources)
                state.settle()
            }
        }
    }

    /// Takes what other daemons have put into the store meanwhile, and says whether that is something else.
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

    /// Watches a domain from now on, or differently; throws `WatchFault` with a sentence for the person who asked.
    func put(_ domain: Name, options: String, by person: Person) throws {
        let domain = domain.folded
        let (reader, health) = state.withLock { ($0.reader, $0.file.health) }
        // Incidents, silences and routes could not tell them apart.
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

    /// Watches many domains from now on, or differently: all of them, or none. What is said of them was read before.
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

    /// What many domains would change, beside all that is watched.
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

    /// Gives the present watches and settings to all parts that use them, and does so again while newer ones arrive.
    func apply(_ take: (Settings) async -> Void) async {
        while true {
            let (version, settings) = state.withLock { ($0.version, $0.settings) }
            await take(settings)
            if state.withLock({ $0.version == version }) { return }
        }
    }

    /// What was kept by another version and is not understood any more is watched with the defaults.
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
