import ArgumentParser
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingEngine
import LapwingStore

/// Where the daemon keeps what it knows.
struct StoreOptions: ParsableArguments {
    @Option(name: [.customLong("config"), .customLong("config.file")], help: "The daemon's configuration.")
    var config: String?

    @Option(help: "The store, instead of the one that the configuration names.")
    var store: String?

    /// The daemon's settings; the defaults where there is no configuration, as for `run`.
    func settings() throws -> Settings { try SettingsFile.readAll(SettingsFile.Source(config)).settings }

    func path() throws -> String { try store ?? settings().store }

    /// - Parameter role: `.reader` for a command that must change nothing, not even bring tables up to date.
    func open(_ role: Store.Role = .visitor) throws -> Store {
        let path = try path()
        guard StoreLocation(path).isThere else {
            StandardError.print("there is no store \(path) yet; lapwing run makes it")
            throw ExitCode.failure
        }
        return try Store(path: path, role: role) { StandardError.print("\($0)") }
    }

    /// The store, made where there is none, for the first of those whom it is to know: until then a configuration that rests on
    /// accounts cannot be used.
    func openForAccounts() throws -> Store {
        let path = try store ?? SettingsFile.readAll(SettingsFile.Source(config), hasAccounts: true).settings.store
        let store = try Store(path: path) { StandardError.print("\($0)") }
        StoreFile.protect(path)
        return store
    }

    /// The domains that the daemon watches, folded: those of the configuration and those added at run time, and the names of
    /// calculated healths; what the store
    /// has seen when there is no configuration to ask.
    func watched(in store: Store) throws -> Set<Name> {
        guard self.store == nil, let settings = try? settings() else {
            return Set(try store.domains().map(\.folded))
        }
        let added = try store.addedDomains().map(\.domain)
        return Set((settings.watches.map(\.domain) + added + settings.health.map(\.subject)).map(\.folded))
    }
}

extension StoreOptions {
    /// The domains that carry a tag, as the store names them: of the configuration and added at run time, and calculated
    /// healths.
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

/// What the machine's clock says.
var currentTime: Timestamp { EngineClock.system.now() }
