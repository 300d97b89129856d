import ArgumentParser
import DNSWire
import LapwingConfig
import LapwingCore
import LapwingStore

struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What changed of a domain, and when; with --sources what each source served.",
        discussion: """
            A line is one change: when it was seen, of what, from what to what, who showed it, and until when it lasted \
            if it was undone. JSON is what each source served, as --sources shows it.

            Examples:
              lapwing history example.com --since 12h
              lapwing history example.com --sources --since 2026-12-01
            """)

    @Argument(help: "The domain.")
    var domain: DomainArgument

    @Option(
        help: "Only what happened after this moment, or so long ago: 1h, 7d, 2026-12-01, 2026-12-01T20:00:00Z.",
        transform: MomentText.start)
    var since: Timestamp?

    @Flag(help: "What each source served, and from when to when, instead of the changes.")
    var sources = false

    @OptionGroup var storage: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let store = try storage.open()
        let start = since
        switch output.format {
        case .json: try JSONOutput.print(try store.history(of: domain.name, since: start).map(Row.init))
        case .jsonl:
            for entry in try store.history(of: domain.name, since: start) { try JSONOutput.print(line: Row(entry)) }
        default:
            if sources { showSources(try store.history(of: domain.name, since: start)) } else { try show(store, start) }
        }
    }

    private func show(_ store: Store, _ start: Timestamp?) throws {
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

    private func showSources(_ entries: [HistoryEntry]) {
        for entry in entries {
            let row = Row(entry)
            print(
                "\(row.from)  \(row.to ?? "now                 ")  \(row.source.visible)  \(row.name) \(row.type)  "
                    + (row.values.map { $0.isEmpty ? "(nothing)" : $0.joined(separator: ", ").visible } ?? "(rotates)"))
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
    /// A name as people write it.
    var withoutFinalDot: String { count > 1 && hasSuffix(".") ? String(dropLast()) : self }
}
