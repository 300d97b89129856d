import ArgumentParser
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingStore

struct SilenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Mutes alerts for a time; incidents are still recorded.",
        discussion: """
            Give a domain or --all, and narrow it with --class, --code or --record; nothing else is muted. Muted \
            incidents that are still open at the end of the silence are reported then. --list shows the active silences.
            """)

    @Argument(help: "The domain.")
    var domain: DomainArgument?

    @Flag(help: "Every domain.")
    var all = false

    @Option(name: .customLong("class"), help: "This class of incidents only, such as ttl-anomaly.")
    var incidentClass: IncidentClass?

    @Option(help: "This finding only, such as ttl.low.", transform: Self.code)
    var code: FindingCode?

    @Option(help: "This record only, such as 'www.example.com A'.", transform: Self.record)
    var record: RecordSetKey?

    @Option(
        name: .customLong("for"), help: "Duration: 90s, 5m, 12h, 30d; default: 1h.", transform: Self.duration)
    var length: Int64 = 3600

    @Option(help: "The reason.")
    var reason = ""

    @Option(help: "Your name, for the record.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? ""

    @Flag(help: "Show the active silences and do nothing else.")
    var list = false

    @Option(help: "End the silence with this number.")
    var end: Int64?

    @OptionGroup var storage: StoreOptions

    func validate() throws {
        let isAsked = !list && end == nil
        if domain != nil, all { throw ValidationError("give a domain or --all, not both") }
        if isAsked, domain == nil, !all { throw ValidationError("give a domain, or --all for every domain") }
        if let record, let domain = domain?.name, !record.name.isSubdomain(of: domain) {
            throw ValidationError("\(record.name) is not of \(domain)")
        }
    }

    func run() throws {
        let store = try storage.open()
        let now = currentTime
        if let end {
            guard try store.silences(at: now).contains(where: { $0.id == end }) else {
                StandardError.print("no active silence has the number \(end)")
                throw ExitCode.failure
            }
            try store.endSilence(end, by: .command(by), at: now)
        } else if !list {
            if let name = domain?.name, try !storage.watched(in: store).contains(name.folded) {
                let domain = "\(name)".withoutFinalDot.visible
                StandardError.print("\(domain) is not watched, so there is nothing to hold back")
                throw ExitCode.failure
            }
            let silence = try store.add(
                Silence(
                    id: 0, domain: domain?.name.folded, incidentClass: incidentClass, code: code, record: record,
                    from: now, to: now.adding(seconds: length), reason: reason), by: .command(by))
            print("silence \(silence.id) holds back \(Narrative.plain(silence.words)) for \(DurationText.text(length))")
            return
        }
        for silence in try store.silences(at: now) {
            print("\(silence.id)  \(silence.words)  until \(silence.to)  \(silence.reason)")
        }
    }

    private static func duration(_ text: String) throws -> Int64 {
        guard let seconds = DurationText.seconds(text), seconds > 0 else {
            throw ValidationError("`\(text)` is no duration; write 90s, 5m, 12h or 30d")
        }
        return seconds
    }

    private static func record(_ text: String) throws -> RecordSetKey {
        let words = text.split(separator: " ")
        guard words.count == 2, let name = DomainArgument(argument: String(words[0]))?.name,
            let type = RecordType(String(words[1]).uppercased())
        else { throw ValidationError("`\(text)` is no record; write its name and its type: 'www.example.com A'") }
        return RecordSetKey(name.folded, type)
    }

    private static func code(_ text: String) throws -> FindingCode {
        let code = FindingCode(rawValue: text)
        guard FindingCode.all.contains(code) else {
            throw ValidationError(
                "`\(text)` is no finding; they are listed under docs/findings and on the page /findings")
        }
        return code
    }
}

extension IncidentClass: ExpressibleByArgument {}
