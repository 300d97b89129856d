import ArgumentParser
import Foundation
import LapwingCore
import LapwingStore

struct EvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "Shows the exchanges that decided an incident, as text or as a capture file."
    )

    @Argument(help: "The incident, as `lapwing incidents` shows it.")
    var incident: String

    @Option(help: "Write the packets to this file, for tshark or Wireshark.")
    var pcap: String?

    @OptionGroup var storage: StoreOptions

    func run() throws {
        guard let incident = try storage.open().incident(incident) else {
            StandardError.print("there is no incident `\(self.incident)`")
            throw ExitCode.failure
        }
        for exchange in incident.evidence {
            print("\(exchange.at)  \(exchange.transport.rawValue)  \(exchange.key)  \(exchange.summary.visible)")
        }
        guard let pcap else { return }
        try Data(PacketCapture.file(incident.evidence)).write(to: URL(fileURLWithPath: pcap))
        StandardError.print("\(incident.evidence.count) exchanges written to \(pcap)")
    }
}
