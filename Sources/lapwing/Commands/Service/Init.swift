import ArgumentParser
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingProbes

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a commented configuration for the given domains.",
        discussion: """
            Nothing is overwritten without --force. The file is checked as `run` would read it before it is kept. Then: \
            `lapwing run`.
            """)

    @Argument(help: "Domains to watch.", transform: DomainArgument.entered)
    var names: [DomainArgument] = []

    @Option(
        name: [.customLong("config"), .customLong("config.file")], help: "The file to write; - is standard output.")
    var config = SettingsFile.name

    @Option(help: "Interval between checks of a domain: 10s to 1d.")
    var interval: String?

    @Option(help: "A receiver of alerts: a URL that accepts JSON by POST. Repeatable.")
    var webhook: [String] = []

    @Option(help: "A receiver of alerts: the URL of a Slack incoming webhook. Repeatable.")
    var slack: [String] = []

    @Flag(help: "Replace the file if there is one.")
    var force = false

    func validate() throws {
        try DomainArgument.requireDomains(names, meansSuffixes: false, option: "`suffix: true` in the file")
    }

    func run() throws {
        var seen: Set<Name> = []
        let starter = StarterConfiguration(
            domains: names.map(\.name).filter { seen.insert($0.folded).inserted }.map(Self.text), interval: interval,
            channels: webhook.map { ("webhook", $0) } + slack.map { ("slack", $0) })
        do {
            _ = try SettingsReader(SettingsReader.Surroundings(environment: [:], contents: { _ in nil }))
                .read(starter.text, file: config)
        } catch {
            for fault in error.faults { StandardError.print(fault.text) }
            throw ExitCode.badConfiguration
        }
        if config == "-" { return print(starter.text, terminator: "") }
        try write(starter.text)
        print(
            "\(config.visible): \(Self.count(starter.domains.count, "domain")), "
                + "\(Self.count(starter.channels.count, "channel"))")
        if starter.channels.isEmpty {
            print("no alerts are sent yet: add a channel to it, then `lapwing channel test`")
        }
        let option = config == SettingsFile.name ? "" : " --config \(config.visible)"
        print("next: lapwing run\(option)")
    }

    /// The file may contain the addresses of receivers, which are secrets, so only its owner can read it.
    private func write(_ text: String) throws {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL)
        let descriptor = open(config, flags, 0o600)
        guard descriptor >= 0 else {
            let reason =
                errno == EEXIST ? "there is one already; --force replaces it" : String(cString: strerror(errno))
            StandardError.print("\(config.visible): \(reason)")
            throw ExitCode.failure
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
        try handle.synchronize()
    }

    static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

    private static func text(_ name: Name) -> String {
        let text = name.description
        return text.hasSuffix(".") && text.count > 1 ? String(text.dropLast()) : text
    }
}
