import DNSWire
import LapwingConfig
import LapwingCore
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
        var fromFile: Set<Name>
        var added: [Name: (options: String, watch: Watch)]
        /// Counts what was put into force, so that a latecomer sees that it is not the newest.
        var version = 0
        var watched: [WatchedDomain] = []

        mutating func settle() {
            version += 1
            fromFile = Set(file.watches.map(\.domain))
            let own = added.filter { !fromFile.contains($0.key) }.sorted { $0.key < $1.key }
            watched = file.watches.map { WatchedDomain(watch: $0, isFromFile: true) }
            watched += own.map { WatchedDomain(watch: $1.watch, isFromFile: false, options: $1.options) }
        }

        var settings: Settings {
            var settings = file
            settings.watches = watched.map(\.watch)
            return settings
        }
    }

    private let state: Mutex<State>
    private let store: Store
    private let log: Logger
    private let now: @Sendable () -> Timestamp

    /// Throws when the store cannot be read.
    init(
        _ settings: Settings, reader: AddedDomainReader, store: Store, now: @escaping @Sendable () -> Timestamp,
        log: Logger
    ) throws {
        self.store = store
        self.now = now
        self.log = log
        state = Mutex(State(file: settings, reader: reader, fromFile: [], added: [:]))
        let kept = try store.addedDomains()
        state.withLock { state in
            for (domain, options) in kept {
                state.added[domain] = (options, Self.watch(domain, options, reader, log))
            }
            state.settle()
        }
    }

    var domains: [WatchedDomain] { state.withLock { $0.watched } }

    /// All that is in force now.
    var settings: Settings { state.withLock { $0.settings } }

    /// Takes what the file says from now on.
    func take(_ settings: Settings, reader: AddedDomainReader) {
        state.withLock { state in
            state.file = settings
            state.reader = reader
            // The file's defaults may be others now.
            for (domain, entry) in state.added {
                state.added[domain]?.watch = Self.watch(domain, entry.options, reader, log)
            }
            state.settle()
        }
    }

    /// Watches a domain from now on, or differently; throws `WatchFault` with a sentence for the person who asked.
    func put(_ domain: Name, options: String) throws {
        let domain = domain.folded
        try state.withLock { state in
            guard !state.fromFile.contains(domain) else { throw WatchFault.fromFile }
            guard state.added[domain] != nil || state.added.count < Self.mostAdded else {
                throw WatchFault.unfit("\(Self.mostAdded) domains were added already; name more of them in a file.")
            }
            let watch: Watch
            do throws(ConfigFaults) {
                watch = try state.reader.watch(domain, options: options)
            } catch {
                throw WatchFault.unfit(error.faults.map(\.text).joined(separator: "; "))
            }
            try store.keep(added: domain, options: options, at: now())
            state.added[domain] = (options, watch)
            state.settle()
        }
    }

    func remove(_ domain: Name) throws {
        try state.withLock { state in
            guard !state.fromFile.contains(domain) else { throw WatchFault.fromFile }
            try store.drop(added: domain.folded, at: now())
            state.added[domain] = nil
            state.settle()
        }
    }

    /// Hands what is in force to those who work by it, until nothing newer has come meanwhile.
    func apply(_ take: (Settings) async -> Void) async {
        while true {
            let (version, settings) = state.withLock { ($0.version, $0.settings) }
            await take(settings)
            if state.withLock({ $0.version == version }) { return }
        }
    }

    /// What was kept by another version and is not understood any more is watched as a domain of which nothing is said.
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
