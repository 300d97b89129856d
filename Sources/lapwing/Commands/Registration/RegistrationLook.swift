import ArgumentParser
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingOutgoing
import LapwingProbes

extension RegistrationCommand {
    /// Looks a domain up at its registry.
    struct Look: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "look",
            abstract: "Asks the registry of NAME now, and its registrar for what the registry leaves out.")

        @Argument(help: "A domain, or any name below it.")
        var name: String

        @OptionGroup var registries: RegistryOptions

        @Flag(help: "Show the result as JSON.")
        var json = false

        func run() async throws {
            guard let wanted = InternationalName.parse(name) else {
                throw ValidationError("`\(name)` is no domain name")
            }
            let lookup = RegistrationLookup(configuration: try registries.configuration())
            let report = await lookup.look(up: wanted)
            if let report {
                print(json ? RegistrationReport.json(report) : RegistrationReport.text(report))
            } else {
                StandardError.print("\(name) is a public suffix and cannot be registered")
            }
            if report?.registration == nil { throw ExitCode.failure }
        }
    }
}

/// The options for the servers of registries.
struct RegistryOptions: ParsableArguments {
    @Option(help: "Take the tables of registries from this configuration.")
    var config: String?

    @Option(help: "RDAP bootstrap file (RFC 9224) instead of the built-in table.")
    var rdapBootstrap: String?

    @Option(help: "Table of WHOIS servers instead of the built-in one.")
    var whoisServers: String?

    @Option(help: "File of certificates (PEM) to trust instead of the system's.")
    var trustRoots: String?

    @Option(help: "Seconds for one server.")
    var timeout = 15.0

    func validate() throws {
        guard timeout > 0, timeout <= 60 else { throw ValidationError("--timeout takes up to 60 seconds") }
    }

    /// Returns the configuration of look-ups; an unreadable table ends the command.
    func configuration() throws -> RegistrationLookup.Configuration {
        let settings = try config.map { try SettingsFile.read($0) }
        var configuration = RegistrationLookup.Configuration()
        try configuration.use(
            bootstrapFile: rdapBootstrap ?? settings?.rdapBootstrap, serversFile: whoisServers ?? settings?.whoisServers
        )
        configuration.trustRootsFile = trustRoots
        configuration.proxy = settings?.proxy.map { OutgoingProxy($0) }
        configuration.timeout = .milliseconds(Int(timeout * 1000))
        return configuration
    }
}

extension RegistrationLookup.Configuration {
    /// Uses the operator's own tables.
    mutating func use(bootstrapFile: String?, serversFile: String?) throws {
        if let file = bootstrapFile {
            guard let table = FileManager.default.contents(atPath: file).flatMap({ RDAPBootstrap(file: Array($0)) })
            else {
                throw ValidationError("\(file) is no RDAP bootstrap file")
            }
            bootstrap = table
        }
        if let file = serversFile {
            guard let table = FileManager.default.contents(atPath: file).flatMap({ WHOISServers(file: Array($0)) })
            else {
                throw ValidationError("\(file) is no table of WHOIS servers")
            }
            servers = table
        }
    }
}
