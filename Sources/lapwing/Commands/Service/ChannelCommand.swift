import AsyncHTTPClient
import ArgumentParser
import Foundation
import LapwingCore
import LapwingNotify
import LapwingOutgoing
import LapwingStore
import Logging

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Tests a channel, and shows the deliveries of each channel.",
        subcommands: [Test.self, List.self])

    /// Sends a test over channels of the configuration; the daemon need not run.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends a test message over one channel and shows the receiver's answer.",
            discussion: """
                Nothing is written to the store. Pagers and other services that keep a list of open alerts also get the \
                end of the test. Exit code 0 if the message was accepted, otherwise 1.
                """)

        @Argument(help: "The channel's name in the configuration.")
        var name: String

        @Option(name: [.customLong("config"), .customLong("config.file")], help: "The daemon's configuration.")
        var config = SettingsFile.defaultPath

        func run() async throws {
            let settings = try SettingsFile.read(config)
            guard let channel = settings.channels.first(where: { $0.name == name }) else {
                let names = settings.channels.map(\.name).joined(separator: ", ")
                StandardError.print(
                    "there is no channel `\(name)`" + (names.isEmpty ? "; none is configured" : "; there are \(names)"))
                throw ExitCode.failure
            }
            let http = OutgoingClients(through: settings.proxy.map { OutgoingProxy($0) })
            let courier = Courier(
                sender: HTTPSender(clients: http), log: Logger(label: "lapwing"), base: settings.pageURL,
                host: ProcessInfo.processInfo.hostName)
            let now = currentTime
            let receipt = await courier.test(channel, number: "\(now.seconds)", at: now)
            try? await http.shutdown()
            switch receipt {
            case .delivered(let text): print("\(name): delivered (\(text))")
            case .tryAgain(let reason, let wished):
                StandardError.print(
                    "\(name): not delivered: \(reason)" + (wished.map { ", asks to wait \($0) s" } ?? ""))
                throw ExitCode.failure
            case .refused(let reason):
                StandardError.print("\(name): refused: \(reason)")
                throw ExitCode.failure
            case .divided(let division):
                StandardError.print("\(name): not delivered to all: \(division.reasons)")
                throw ExitCode.failure
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the channels: delivered, refused and waiting messages, and why the last was not accepted.")

        @OptionGroup var storage: StoreOptions

        func run() throws {
            let records = try storage.open().channelRecords(latest: 20)
            let configured = try storage.settings().channels
            for channel in configured {
                let record = records[channel.name] ?? ChannelRecord()
                var line =
                    "\(channel.name)  \(channel.kind.word)  delivered \(record.delivered)  refused \(record.refused)"
                    + "  waiting \(record.waiting)"
                if let bad = record.latest.first(where: { $0.outcome != .delivered && $0.receipt != nil }) {
                    line += "  last trouble \(bad.notice.at): \((bad.receipt ?? "").visible)"
                }
                print(line)
            }
        }
    }
}
