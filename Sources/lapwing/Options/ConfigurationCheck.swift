import ArgumentParser
import Foundation
import LapwingCore
import LapwingStore
import LapwingWeb

/// What `run` needs beside `lapwing.yml` itself: the files that it names, and a listener that may be offered.
enum ConfigurationCheck {
    /// Every reason for which the daemon would not start with these settings.
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

    /// Whether a store knows people by a password; false where there is none that can be read.
    static func hasAccounts(in store: String) -> Bool {
        guard FileManager.default.fileExists(atPath: store), let store = try? Store(path: store, role: .reader)
        else { return false }
        return (try? store.hasAccounts()) ?? false
    }

    /// Prints them and ends with exit code 78 if there are any.
    static func require(_ settings: Settings, network: NetworkOptions) throws {
        let faults = faults(settings, network: network)
        for fault in faults { StandardError.print(fault) }
        if !faults.isEmpty { throw ExitCode.badConfiguration }
    }
}
