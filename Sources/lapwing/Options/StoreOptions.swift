import ArgumentParser
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingStore

/// The location of the daemon's store.
struct StoreOptions: ParsableArguments {
    @Option(name: [.customLong("config"), .customLong("config.file")], help: "The daemon's configuration.")
    var config: String?

    @Option(help: "The store, instead of the one in the configuration.")
    var store: String?

    /// Returns the daemon's settings; the defaults if there is no configuration, as for `run`.
    func settings() throws -> Settings { try SettingsFile.readAll(SettingsFile.Source(config)).settings }

    func path() throws -> String { try store ?? settings().store }

    /// - Parameter role: `.reader` for a command that must not change anything, not even update tables to the current
    ///   schema.
    func open(_ role: Store.Role = .visitor) throws -> Store {
        let path = try path()
        guard StoreLocation(path).isThere else {
            StandardError.print("there is no store \(path) yet; lapwing run makes it")
            throw ExitCode.failure
        }
        return try Store(path: path, role: role) { StandardError.print("\($0)") }
    }

    /// Opens the store, and creates it if needed for the first account, since a configuration that relies on accounts
    /// is not valid before that.
    func openForAccounts() throws -> Store {
        let path = try store ?? SettingsFile.readAll(SettingsFile.Source(config), hasAccounts: true).settings.store
        let store = try Store(path: path) { StandardError.print("\($0)") }
        StoreFile.protect(path)
        return store
    }

    /// Returns the domains that the daemon watches, case-folded: those of the configuration and those added at run
    /// time, with the subjects of calculated healths. Without a configuration, the domains that are in the store.
    func watched(in store: Store) throws -> Set<Name> {
        guard self.store == nil, let settings = try? settings() else {
            return Set(try store.domains().map(\.folded))
        }
        let added = try store.addedDomains().map(\.domain)
        return Set((settings.watches.map(\.domain) + added + settings.health.map(\.subject)).map(\.folded))
    }
}

extension StoreOptions {
    /// Returns the subjects with a tag, as the store names them: domains of the configuration and those added at run
    /// time, and calculated healths.
    func domains(tag: String, in store: Store) throws -> [String] {
        let (settings, added) = try SettingsFile.readAll(SettingsFile.Source(config))
        let watches = settings.watches.filter { $0.tags.contains(tag) }.map(\.domain)
        let further = try store.addedDomains().filter { domain, options in
            (try? added.watch(domain, options: options))?.tags.contains(tag) ?? false
        }
        let healths = settings.health.filter { $0.tags.contains(tag) }.map(\.subject)
        return (watches + further.map(\.domain) + healths).map(\.description)
    }
}

/// The time of the machine's clock.
var currentTime: Timestamp { EngineClock.system.now() }
