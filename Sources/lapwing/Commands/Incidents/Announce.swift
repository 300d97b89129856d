import ArgumentParser
import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import LapwingStore

struct Announce: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "announce",
        abstract: "Announces work, or exact changes, which are then reported as planned instead of raising an alarm.",
        discussion: """
            With a domain: the same as an entry of `maintenance` in the configuration, without a reload.

            With changes: the future records, each as "NAME TYPE VALUE", with "-" for none, or "DOMAIN registrar NAME". \
            Changes exactly as announced are confirmed in one message; all others are reported as usual, and so are \
            announced ones that are missing at the end. --list shows the announcements, --end withdraws one.

            Examples:
              lapwing announce example.org --for 2h --covers A,MX
              lapwing announce "shop.example.org A 192.0.2.7" --within 2h --reason "new host"
              lapwing announce "example.org NS ns1.new.example ns2.new.example" "example.org DS -"
              dnscontrol preview | lapwing announce --diff -
            """)

    @Argument(help: "The domain; or changes, each in quotes.")
    var words: [String] = []

    @Flag(help: "Every domain.")
    var all = false

    @Option(help: "Begin, RFC 3339; default: now.", transform: Self.moment)
    var from: Timestamp?

    @Option(help: "End, RFC 3339.", transform: Self.moment)
    var to: Timestamp?

    @Option(
        name: .customLong("for"), help: "Duration instead of an end: 90s, 5m, 12h, 30d.", transform: Self.duration)
    var length: Int64?

    @Option(
        help: "Time until announced changes must be in place: 90s, 5m, 12h, 30d; default: 2h.", transform: Self.duration
    )
    var within: Int64?

    @Option(
        help: "Changes from a difference of zone files (diff -u) or the output of `dnscontrol preview`; - is stdin.")
    var diff: String?

    @Option(help: "The zone to which relative names in --diff belong.", transform: DomainArgument.entered)
    var origin: DomainArgument?

    @Option(help: "The types that the work affects, such as A,MX; default: everything.", transform: Self.subjects)
    var covers: Set<MaintenanceWindow.Subject>?

    @Option(name: .customLong("repeat"), help: "Repetition: FREQ=WEEKLY;BYDAY=SU (RFC 5545).")
    var rule: String?

    @Option(help: "The time zone of a repeated window, such as Europe/Berlin.")
    var zone = "UTC"

    @Option(help: "The reason.")
    var reason = ""

    @Option(help: "Your name, for the record.")
    var by: String = ProcessInfo.processInfo.environment["USER"] ?? ""

    @Flag(help: "Show the announcements and do nothing else.")
    var list = false

    @Option(help: "Withdraw the announcement with this number.")
    var end: Int64?

    @OptionGroup var storage: StoreOptions

    func validate() throws {
        guard !list, end == nil else { return }
        guard !hasContent else {
            if all || covers != nil || rule != nil {
                throw ValidationError("--all, --covers and --repeat are for work, not for announced changes")
            }
            let ends = [within != nil, to != nil, length != nil].count { $0 }
            if ends > 1 { throw ValidationError("give one end: --within, --for or --to") }
            return
        }
        if within != nil { throw ValidationError("--within is for changes, such as \"www.example.org A 192.0.2.7\"") }
        if words.count == 1, domain == nil { throw ValidationError("`\(words[0])` is no domain") }
        if (domain == nil) != all { throw ValidationError("give a domain, or --all for every domain") }
        if (to == nil) == (length == nil) { throw ValidationError("give an end with --to, or a length with --for") }
    }

    func run() throws {
        let store = try storage.open()
        let now = currentTime
        if let end {
            guard try store.withdraw(announcement: end, by: .command(by), at: now) else {
                StandardError.print("no active announcement has the number \(end)")
                throw ExitCode.failure
            }
        } else if !list {
            guard hasContent else { return print("announcement \(try announce(in: store, now).words)") }
            for announced in try announceChanges(in: store, now) {
                print("announcement \(announced.id)  \(announced.words.visible)")
            }
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
        return try store.add(
            AnnouncedWindow(domain: domain?.name.folded, window: window, person: by), from: Person.commandLine, at: now)
    }

    // MARK: Changes

    /// Whether the arguments state the new records, rather than only that work will be done.
    private var hasContent: Bool {
        diff != nil || words.count > 1 || words.contains { $0.contains(where: \.isWhitespace) }
    }

    private var domain: DomainArgument? { words.count == 1 ? DomainArgument(argument: words[0]) : nil }

    /// A single change may be given without quotes.
    private var lines: [String] {
        guard words.count > 2, !words.contains(where: { $0.contains(where: \.isWhitespace) }) else { return words }
        return [words.joined(separator: " ")]
    }

    private func announceChanges(in store: Store, _ now: Timestamp) throws -> [AnnouncedWindow] {
        let begin = from ?? now
        let end = to ?? begin.adding(seconds: within ?? length ?? Self.usualTime)
        guard begin < end, end > now else {
            throw ValidationError("the time is over before it begins, or over already")
        }
        let watched = try storage.watched(in: store)
        func owner(of name: Name) -> Name? {
            var current: Name? = name.folded
            while let candidate = current {
                if watched.contains(candidate) { return candidate }
                current = candidate.parent
            }
            return nil
        }
        do throws(AnnouncedText.Fault) {
            var changes: [(AnnouncedChange, Name)] = []
            if !words.isEmpty {
                let read = try AnnouncedText.read(lines)
                changes += zip(read.changes, read.names)
            }
            changes += try differences(store, owner)
            let windows = try AnnouncedWindow.announcing(
                changes, from: begin, to: end, reason: String(reason.prefix(500)), person: by, domain: owner)
            return try keep(windows, in: store, now)
        } catch {
            StandardError.print(error.text.visible)
            throw ExitCode.failure
        }
    }

    /// The time within which changes must have arrived by default.
    private static let usualTime: Int64 = 2 * 3600

    private func keep(
        _ windows: [AnnouncedWindow], in store: Store, _ now: Timestamp
    ) throws(AnnouncedText.Fault) -> [AnnouncedWindow] {
        do {
            return try windows.map { try store.add($0, from: Person.commandLine, at: now) }
        } catch {
            throw AnnouncedText.Fault(text: "the store cannot be written: \(error)")
        }
    }

    /// Returns the changes that the diff of `--diff` announces, relative to the RRsets in the store.
    private func differences(
        _ store: Store, _ owner: (Name) -> Name?
    ) throws(AnnouncedText.Fault) -> [(AnnouncedChange, Name)] {
        guard let diff else { return [] }
        let handle = diff == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: diff)
        guard let bytes = try? handle?.read(upToCount: AnnouncedDiff.longest + 1),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw AnnouncedText.Fault(text: "\(diff): cannot be read, or is no text") }
        do throws(AnnouncedDiff.Fault) {
            let difference = try AnnouncedDiff(text, origin: origin?.name ?? .root)
            return difference.changes { key in known(key, store, owner) }.map { ($0, $0.key?.name ?? .root) }
        } catch {
            throw AnnouncedText.Fault(text: "\(diff):\(error.line): \(error.text)")
        }
    }

    /// Returns the records that the servers were seen to serve; nil if none were seen.
    private func known(_ key: RecordSetKey, _ store: Store, _ owner: (Name) -> Name?) -> [RecordData]? {
        guard let domain = owner(key.name), let entries = try? store.records(of: domain) else { return nil }
        let wanted = key.type == .ds && key.name == domain ? "parent" : "authority"
        let seen = entries.filter { $0.source.hasPrefix(wanted) && $0.key == key }
        guard !seen.isEmpty else { return nil }
        return Set(seen.flatMap { $0.values ?? [] }).compactMap { try? RecordData(type: key.type, text: $0) }
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
