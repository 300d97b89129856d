import ArgumentParser
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingStore

struct Announce: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "announce",
        abstract: "Announces work: what it changes is told as planned, not as an alarm.",
        discussion: """
            The same as an entry of `maintenance` in the configuration, without a reload. --list shows what is announced, \
            --end takes it back.
            """)

    @Argument(help: "The domain.")
    var domain: DomainArgument?

    @Flag(help: "Every domain.")
    var all = false

    @Option(help: "Begin, RFC 3339; now without it.", transform: Self.moment)
    var from: Timestamp?

    @Option(help: "End, RFC 3339.", transform: Self.moment)
    var to: Timestamp?

    @Option(
        name: .customLong("for"), help: "How long, in place of an end: 90s, 5m, 12h, 30d.", transform: Self.duration)
    var length: Int64?

    @Option(help: "What the work touches, such as A,MX; everything without it.", transform: Self.subjects)
    var covers: Set<MaintenanceWindow.Subject>?

    @Option(name: .customLong("repeat"), help: "How it is repeated: FREQ=WEEKLY;BYDAY=SU (RFC 5545).")
    var rule: String?

    @Option(help: "The time zone whose clocks a repeated window follows, such as Europe/Berlin.")
    var zone = "UTC"

    @Option(help: "Why.")
    var reason = ""

    @Option(help: "Who says so.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? ""

    @Flag(help: "Show what is announced and do nothing else.")
    var list = false

    @Option(help: "Take back the announcement with this number.")
    var end: Int64?

    @OptionGroup var storage: StoreOptions

    func validate() throws {
        guard !list, end == nil else { return }
        if (domain == nil) != all { throw ValidationError("give a domain, or --all for every domain") }
        if (to == nil) == (length == nil) { throw ValidationError("give an end with --to, or a length with --for") }
    }

    func run() throws {
        let store = try storage.open()
        let now = currentTime
        if let end {
            guard try store.withdraw(announcement: end, by: by, at: now) else {
                StandardError.print("no active announcement has the number \(end)")
                throw ExitCode.failure
            }
        } else if !list {
            print("announcement \(try announce(in: store, now).words)")
            return
        }
        for announced in try store.announcements(at: now) { print("\(announced.id)  \(announced.words.visible)") }
    }

    private func announce(in store: Store, _ now: Timestamp) throws -> AnnouncedWindow {
        if let name = domain?.name, try !storage.watched(in: store).contains(name.folded) {
            StandardError.print("\(name) is not watched, so there is nothing to announce")
            throw ExitCode.failure
        }
        let begin = from ?? now
        let end = to ?? begin.adding(seconds: length ?? 0)
        guard begin < end, end > now else {
            throw ValidationError("the window is over before it begins, or over already")
        }
        guard let clock = LocalClock.zone(zone) else { throw ValidationError("`\(zone)` is no time zone") }
        var window = MaintenanceWindow(from: begin, to: end, covers: covers, reason: String(reason.prefix(500)))
        if let rule {
            do throws(Recurrence.Fault) {
                window.recurrence = try Recurrence(rule, from: begin, to: end, clock: clock)
            } catch {
                throw ValidationError("--repeat: \(error.text)")
            }
        }
        return try store.add(AnnouncedWindow(domain: domain?.name.folded, window: window, person: by), at: now)
    }

    private static func moment(_ text: String) throws -> Timestamp {
        guard let moment = Timestamp(text) else {
            throw ValidationError("`\(text)` is no time such as 2026-12-01T20:00:00Z")
        }
        return moment
    }

    private static func duration(_ text: String) throws -> Int64 {
        guard let seconds = DurationText.seconds(text), seconds > 0 else {
            throw ValidationError("`\(text)` is no duration; write 90s, 5m, 12h or 30d")
        }
        return seconds
    }

    private static func subjects(_ text: String) throws -> Set<MaintenanceWindow.Subject> {
        Set(
            try text.split(separator: ",").map { word in
                guard let subject = MaintenanceWindow.Subject(rawValue: String(word)) else {
                    let all = MaintenanceWindow.Subject.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("`\(word)` is none of \(all)")
                }
                return subject
            })
    }
}
