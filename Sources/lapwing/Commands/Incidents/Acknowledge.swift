import ArgumentParser
import Foundation
import LapwingConfig
import LapwingCore
import LapwingStore

struct Acknowledge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Marks an incident as being worked on: reminders and escalation stop for a time.",
        discussion: "Updates of the incident and its end are still sent.", aliases: ["ack"])

    @Argument(help: "The incident, as `lapwing incidents` shows it.")
    var incident: String

    @Option(name: .customLong("for"), help: "Duration: 90s, 5m, 12h, 30d.", transform: Self.duration)
    var length: Int64 = Acknowledgement.standard

    @Option(help: "Your name, for the record.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? ""

    @OptionGroup var storage: StoreOptions

    func run() throws {
        let store = try storage.open()
        guard let incident = try store.incident(incident) else {
            StandardError.print("there is no incident `\(self.incident)`")
            throw ExitCode.failure
        }
        guard incident.closedAt == nil else {
            StandardError.print("\(incident.id) is over")
            throw ExitCode.failure
        }
        let now = currentTime
        let acknowledgement = Acknowledgement(
            incident: incident.id, person: by.isEmpty ? "somebody" : by, at: now, until: now.adding(seconds: length),
            severity: incident.severity)
        try store.acknowledge(acknowledgement, domain: incident.domain, from: Person.commandLine)
        print("\(incident.id): acknowledged by \(acknowledgement.person.visible) until \(acknowledgement.until)")
    }

    private static func duration(_ text: String) throws -> Int64 {
        guard let seconds = DurationText.seconds(text), (1...Acknowledgement.longest).contains(seconds) else {
            throw ValidationError("`\(text)` is no duration up to 90d; write 90s, 5m, 12h or 30d")
        }
        return seconds
    }
}
