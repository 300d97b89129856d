import ArgumentParser
import Foundation
import LapwingCore
import LapwingStore
import LapwingWeb

/// Checks the requirements of `run` beyond `lapwing.yml` itself: the files that it names, and a permitted listener.
enum ConfigurationCheck {
    /// Returns all reasons why the daemon would not start with these settings.
    static func faults(_ settings: Settings, network: NetworkOptions) -> [String] {
        var network = network
        network.rootHints = network.rootHints ?? settings.rootHints
        network.trustAnchor = network.trustAnchor ?? settings.trustAnchor
        let checks: [() throws -> Void] = [
            { _ = try Access(WebConfiguration(settings), hasAccounts: hasAccounts(in: settings.store)) },
            { _ = try settings.blackbox.map { try Prober.read($0) } },
            { _ = try network.resolverSettings() },
            { _ = try RegistryTables(settings).configuration() },
        ]
        return checks.compactMap { check in
            do {
                try check()
                return nil
            } catch {
                return "\(error)"
            }
        }
    }

    /// Whether a store has accounts with a password; false if there is no readable store.
    static func hasAccounts(in store: String) -> Bool {
        guard FileManager.default.fileExists(atPath: store), let store = try? Store(path: store, role: .reader)
        else { return false }
        return (try? store.hasAccounts()) ?? false
    }

    /// Prints the faults and exits with code 78 if there are any.
    static func require(_ settings: Settings, network: NetworkOptions) throws {
        let faults = faults(settings, network: network)
        for fault in faults { StandardError.print(fault) }
        if !faults.isEmpty { throw ExitCode.badConfiguration }
    }
}
