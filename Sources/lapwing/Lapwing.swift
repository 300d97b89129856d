import ArgumentParser

@main
struct Lapwing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lapwing",
        abstract: "Watches domains: what their records say, who sees it, and what is about to break.",
        version: Version.text,
        subcommands: [
            Check.self,
            Run.self,
            Incidents.self,
            Explain.self,
            EvidenceCommand.self,
            History.self,
            Accept.self,
            SilenceCommand.self,
            ConfigCommand.self,
            Query.self,
            SweepCommand.self,
            Resolve.self,
            DNSSECCommand.self,
            DecodeCommand.self,
            RegistrationCommand.self,
            Expiry.self,
            Simulate.self,
            Demo.self,
        ])
}
