import ArgumentParser
import DNSWire
import LapwingCore
import LapwingStore

struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "What each source served of a domain, and from when to when.")

    @Argument(help: "The domain.")
    var domain: DomainArgument

    @Option(help: "Only what was served after this moment.", transform: NetworkOptions.moment)
    var since: Timestamp?

    @OptionGroup var storage: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let entries = try storage.open().history(of: domain.name, since: since)
        switch output.format {
        case .json: try JSONOutput.print(entries.map(Row.init))
        case .jsonl: for entry in entries { try JSONOutput.print(line: Row(entry)) }
        default:
            for entry in entries {
                let row = Row(entry)
                print(
                    "\(row.from)  \(row.to ?? "now                 ")  \(row.source)  \(row.name) \(row.type)  "
                        + (row.values.map { $0.isEmpty ? "(nothing)" : $0.joined(separator: ", ") } ?? "(rotates)"))
            }
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
