import ArgumentParser
import LapwingConfig
import LapwingCore

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Checks a configuration, or prints an example.",
        subcommands: [Check.self, Example.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Reads a configuration and prints every mistake with its line and column.")

        @Argument(help: "The file.")
        var file: String?

        @Option(
            name: [.customLong("config"), .customLong("config.file")], help: "The file, in the form of other commands.")
        var config: String?

        func run() throws {
            let path = file ?? config ?? SettingsFile.defaultPath
            let settings = try SettingsFile.read(path)
            try ConfigurationCheck.require(settings, network: try NetworkOptions.parse([]))
            let sources = DeclaredSources(settings.watches, beside: path)
            for fault in sources.faults { StandardError.print(fault) }
            if !sources.faults.isEmpty { throw ExitCode.badConfiguration }
            print(
                "\(path): \(Init.count(settings.watches.count, "domain")), "
                    + "\(Init.count(settings.resolvers.count, "resolver")), "
                    + Init.count(settings.channels.count, "channel"))
            if settings.channels.isEmpty { print("no channel is configured: no alerts will be sent") }
        }
    }

    struct Example: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "example", abstract: "Prints a commented configuration.")

        func run() {
            print(ExampleConfiguration.text, terminator: "")
        }
    }
}
