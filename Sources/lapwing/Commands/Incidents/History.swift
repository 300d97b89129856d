import ArgumentParser
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingStore

struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows changes with their times, or with --sources what each source of a domain served.",
        discussion: """
            A line is one change: its time, the record or fact, the old and the new value, the sources that showed it, and \
            its end if it was undone. Without a domain the changes of all domains are shown. --net compares that moment \
            with now, whatever happened in between. JSON of a domain has what each source served, as --sources shows it.

            Examples:
              lapwing history example.com --since 12h
              lapwing history --net --since 7d
              lapwing history example.com --sources --since 2026-12-01
            """)

    @Argument(help: "The domain; default: all domains.")
    var domain: DomainArgument?

    @Option(
        help: "Only changes after this moment: 1h or 7d (ago), 2026-12-01, 2026-12-01T20:00:00Z.",
        transform: MomentText.start)
    var since: Timestamp?

    @Flag(help: "Show what each source served, and from when to when, instead of the changes.")
    var sources = false

    @Flag(help: "Each record and fact once: its value at the moment of --since and its value now.")
    var net = false

    @OptionGroup var storage: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if domain == nil, sources { throw ValidationError("--sources wants a domain") }
        if net, sources { throw ValidationError("--net and --sources are two views; name one") }
    }

    func run() throws {
        let store = try storage.open()
        let start = since
        guard let domain, !net else { return try showChanges(store, start ?? .earliest) }
        switch output.format {
        case .json: try JSONOutput.print(try store.history(of: domain.name, since: start).map(Row.init))
        case .jsonl:
            for entry in try store.history(of: domain.name, since: start) { try JSONOutput.print(line: Row(entry)) }
        default:
            if sources {
                showSources(try store.history(of: domain.name, since: start))
            } else {
                try show(domain, store, start)
            }
        }
    }

    private func show(_ domain: DomainArgument, _ store: Store, _ start: Timestamp?) throws {
        let stored = try store.changes(of: domain.name.folded, limit: 10_000)
        let first = start ?? .earliest
        let spans = ChangeSpan.spans(stored).filter { span in
            span.at >= first || span.until.map { $0 >= first } ?? false
        }
        let name = "\(domain.name)".withoutFinalDot
        guard !spans.isEmpty else {
            guard try store.domains().contains(domain.name.folded) else {
                StandardError.print("nothing is known of \(name.visible)")
                throw ExitCode.failure
            }
            return print("no change of \(name.visible) is known\(start.map { " since \($0.sentence)" } ?? "")")
        }
        for span in spans {
            let change = span.change
            let what = "\(change.name)".withoutFinalDot + " \(change.kind)"
            let seen =
                change.seenBy.isEmpty ? "" : "  seen by \(change.seenBy.map(\.withoutFinalDot).joined(separator: ", "))"
            let end = span.until.map { "  until \($0)" } ?? ""
            let values = Narrative.plain("\(Change.list(change.old)) → \(Change.list(change.new))")
            print("\(span.at)  \(what)  \(values)\(seen)\(end)".visible)
        }
    }

    /// The largest number of changes that are searched for all domains.
    private static let mostChanges = 100_000

    /// Prints the changes of the domain or of all domains, one by one or once per record.
    private func showChanges(_ store: Store, _ start: Timestamp) throws {
        var found: [StoredChange] = []
        var place: Int64?
        while found.count < Self.mostChanges {
            let page = try store.changes(of: domain?.name.folded, before: place, limit: 1000)
            found += page.filter { $0.at >= start }
            guard page.count == 1000, let last = page.last, last.at >= start else { break }
            place = last.id
        }
        if found.count >= Self.mostChanges {
            StandardError.print("the latest \(Self.mostChanges) changes are shown; earlier ones are left out")
        }
        let entries = found.reversed().map { (domain: $0.domain, at: $0.at, change: $0.change) }
        let rows =
            net
            ? NetChange.net(entries).map(ChangeRow.init)
            : entries.map {
                ChangeRow(NetChange(domain: $0.domain, change: $0.change, first: $0.at, last: $0.at, count: 1))
            }
        switch output.format {
        case .json: return try JSONOutput.print(rows)
        case .jsonl: return try rows.forEach { try JSONOutput.print(line: $0) }
        default: break
        }
        for row in rows {
            let values = Narrative.plain("\(Change.list(row.old)) → \(Change.list(row.new))")
            let seen =
                row.seen_by.isEmpty ? "" : "  seen by \(row.seen_by.map(\.withoutFinalDot).joined(separator: ", "))"
            let more = row.is_back ? "  (as it was)" : row.changes > 1 ? "  after \(row.changes) changes" : ""
            print("\(row.last)  \(row.name.withoutFinalDot) \(row.type)  \(values)\(seen)\(more)".visible)
        }
        if rows.isEmpty { print("no change is known\(since.map { " since \($0.sentence)" } ?? "")") }
    }

    private func showSources(_ entries: [HistoryEntry]) {
        for entry in entries {
            let row = Row(entry)
            print(
                "\(row.from)  \(row.to ?? "now                 ")  \(row.source.visible)  \(row.name) \(row.type)  "
                    + (row.values.map { $0.isEmpty ? "(nothing)" : $0.joined(separator: ", ").visible } ?? "(rotates)"))
        }
    }

    /// A change, or all changes of one record combined.
    struct ChangeRow: Encodable {
        var domain: String
        var name: String
        var type: String
        var old: [String]
        var new: [String]
        var seen_by: [String]
        var first: String
        var last: String
        var changes: Int
        var is_back: Bool

        init(_ net: NetChange) {
            domain = "\(net.domain)"
            name = "\(net.change.name)"
            type = "\(net.change.kind)"
            (old, new, seen_by) = (net.change.old, net.change.new, net.change.seenBy)
            (first, last, changes, is_back) = ("\(net.first)", "\(net.last)", net.count, net.isBack)
        }
    }

    struct Row: Encodable {
        var source: String
        var name: String
        var type: String
        var values: [String]?
        var ttl: UInt32?
        var from: String
        var to: String?

        init(_ entry: HistoryEntry) {
            source = entry.source
            name = "\(entry.key.name)"
            type = "\(entry.key.type)"
            values = entry.values
            ttl = entry.ttl
            from = "\(entry.began)"
            to = entry.ended.map { "\($0)" }
        }
    }
}

extension String {
    /// A name without the trailing dot.
    var withoutFinalDot: String { count > 1 && hasSuffix(".") ? String(dropLast()) : self }
}
