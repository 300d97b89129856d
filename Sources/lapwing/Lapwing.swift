import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore

@main
struct Lapwing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lapwing",
        abstract: "Watches domains: their records, the view of each resolver, and faults that are about to happen.",
        discussion: """
            First steps:
              lapwing check example.com     one full check-up, now
              lapwing demo                  a simulated world; needs no network
              lapwing init example.com      writes lapwing.yml
              lapwing run                   watches, and shows a page
            """,
        version: Version.text,
        groupedSubcommands: groups)

    private static let groups = [
        CommandGroup(
            name: "Look",
            subcommands: [
                Check.self, Query.self, Resolve.self, Wait.self, DriftCommand.self,
                DNSSECCommand.self, RegistrationCommand.self,
                Expiry.self,
                SweepCommand.self, Doctor.self,
            ]),
        CommandGroup(
            name: "Watch",
            subcommands: [
                Init.self, Run.self, ImportCommand.self, ExportCommand.self, ConfigCommand.self, ChannelCommand.self,
                StoreCommand.self, Plan.self, Ready.self,
            ]),
        CommandGroup(name: "Let in", subcommands: [TokenCommand.self, AccountCommand.self]),
        CommandGroup(
            name: "Review",
            subcommands: [
                Incidents.self, Explain.self, FindingsCommand.self, EvidenceCommand.self, History.self,
                ReportCommand.self, ClientsCommand.self,
            ]),
        CommandGroup(
            name: "Decide",
            subcommands: [Accept.self, Acknowledge.self, Announce.self, SilenceCommand.self]),
        CommandGroup(name: "Try", subcommands: [Demo.self, Simulate.self, DecodeCommand.self]),
    ]

    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        guard let word = words.first else {
            StandardError.print(helpMessage())
            Foundation.exit(ExitCode.validationFailure.rawValue)
        }
        if word == "version" {
            print(Version.text)
            return
        }
        if let fault = unknownCommand(word) {
            StandardError.print(fault)
            Foundation.exit(ExitCode.validationFailure.rawValue)
        }
        do {
            // The sandbox must be entered here, while there is only the main thread.
            if word == Run.configuration.commandName, let run = try parseAsRoot() as? Run {
                return try await run.run(try run.begin())
            }
            var command = try await asyncParseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            if exitCode(for: error) == .validationFailure {
                StandardError.print(UsageFault.text(error, words: Array(words), of: Self.self))
                Foundation.exit(ExitCode.validationFailure.rawValue)
            }
            exit(withError: error)
        }
    }

    /// Returns the message for a word that is not a command.
    private static func unknownCommand(_ word: String) -> String? {
        let commands = groups.flatMap(\.subcommands).flatMap { command -> [String] in
            let configuration = command.configuration
            return [configuration.commandName ?? "\(command)".lowercased()] + configuration.aliases
        }
        guard !word.hasPrefix("-"), word != "help", !commands.contains(word) else { return nil }
        let near = Spelling.nearest(to: word, among: commands)
        return "lapwing: there is no command `\(word.visible)`"
            + (near.map { "; did you mean `\($0)`?" } ?? "; `lapwing --help` lists them")
    }
}
