import ArgumentParser
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingStore

struct SilenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Holds back alerts for a time; incidents are kept all the same.")

    @Argument(help: "The domain; without one, every domain.")
    var domain: DomainArgument?

    @Option(name: .customLong("for"), help: "How long: 90s, 5m, 12h, 30d.", transform: Self.duration)
    var length: Int64 = 3600

    @Option(help: "Why.")
    var reason = ""

    @Flag(help: "Show the silences in force and do nothing else.")
    var list = false

    @Option(help: "End the silence with this number.")
    var end: Int64?

    @OptionGroup var storage: StoreOptions

    func run() throws {
        let store = try storage.open()
        if let end {
            try store.endSilence(end, at: currentTime)
        } else if !list {
            try store.add(
                silenceFor: domain?.name, class: nil, from: currentTime, to: currentTime.adding(seconds: length),
                reason: reason)
        }
        for silence in try store.silences(at: currentTime) {
            print(
                "\(silence.id)  \(silence.domain.map { "\($0)" } ?? "all domains")  until \(silence.to)  \(silence.reason)"
            )
        }
    }

    private static func duration(_ text: String) throws -> Int64 {
        guard let seconds = DurationText.seconds(text), seconds > 0 else {
            throw ValidationError("`\(text)` is no duration; write 90s, 5m, 12h or 30d")
        }
        return seconds
    }
}
