import ArgumentParser
import Foundation
import LapwingCore
import LapwingOutgoing
import LapwingProbes

/// Files that replace the built-in tables of registry servers.
struct RegistryTables {
    var rdapBootstrap: String?
    var whoisServers: String?
    private let proxy: OutgoingProxy?
    /// Whether the process runs long enough for the tables to become outdated.
    var isLongRunning = false

    init(_ settings: Settings, isLongRunning: Bool = false) {
        self.isLongRunning = isLongRunning
        rdapBootstrap = settings.rdapBootstrap
        whoisServers = settings.whoisServers
        proxy = settings.proxy.map { OutgoingProxy($0) }
    }

    /// - Throws: if a named file cannot be read or is not such a table.
    func configuration() throws -> RegistrationLookup.Configuration {
        var configuration = RegistrationLookup.Configuration()
        configuration.proxy = proxy
        // The built-in table becomes outdated while the daemon runs; an operator's own table is theirs to update.
        configuration.refreshesBootstrap = isLongRunning && rdapBootstrap == nil
        if let rdapBootstrap {
            guard let table = RDAPBootstrap(file: try Self.contents(rdapBootstrap)) else {
                throw ValidationError("\(rdapBootstrap) is no RDAP bootstrap file (RFC 9224)")
            }
            configuration.bootstrap = table
        }
        if let whoisServers {
            guard let table = WHOISServers(file: try Self.contents(whoisServers)) else {
                throw ValidationError("\(whoisServers) is no table of WHOIS servers")
            }
            configuration.servers = table
        }
        return configuration
    }

    private static func contents(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("cannot read \(path)")
        }
        return Array(data)
    }
}

extension OutgoingProxy {
    init(_ proxy: Settings.Proxy) {
        self.init(
            host: proxy.host, port: proxy.port, user: proxy.user, password: proxy.password,
            exceptions: proxy.exceptions)
    }
}
