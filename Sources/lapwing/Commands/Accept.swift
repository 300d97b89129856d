import ArgumentParser
import DNSWire
import Foundation
import LapwingCore
import LapwingStore

struct Accept: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Takes a change as the new normal: its incident ends, and it is not told again.")

    @Argument(help: "An incident, as `lapwing incidents` shows it, or a domain for all its open incidents.")
    var what: String

    @Option(help: "Who says so.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? ""

    @OptionGroup var storage: StoreOptions

    func run() throws {
        let store = try storage.open()
        if let incident = try store.incident(what) {
            try store.add(.accept, domain: incident.domain, incident: incident.id, text: by, at: currentTime)
            print("\(incident.id): accepted")
            return
        }
        let domain = DomainArgument(argument: what)?.name
        let open = try domain.map { try store.incidents(of: $0, openOnly: true) } ?? []
        guard let domain, !open.isEmpty else {
            StandardError.print("`\(what)` is neither an incident nor a domain with open incidents")
            throw ExitCode.failure
        }
        try store.add(.accept, domain: domain, text: by, at: currentTime)
        for incident in open { print("\(incident.id): accepted") }
    }
}
