import ArgumentParser
import LapwingCore
import LapwingCrypto
import LapwingStore

/// Lists the clients with their domains and the addresses of their pages.
struct ClientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clients",
        abstract: "Lists the configured clients, their domains, and the links to their pages.",
        discussion: """
            A link is valid as long as the store and the client's number `link` in the configuration stay the same. `lapwing report --client` makes a client's report.
            """)

    @OptionGroup var storage: StoreOptions
    @OptionGroup var output: OutputOptions

    struct Row: Encodable {
        var key: String
        var name: String
        var tags: [String]
        var domains: Int
        var page: String?
    }

    func run() throws {
        let store = try storage.open()
        let subjects = try ClientSubjects(storage, in: store)
        let fresh = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let key = try store.linkKey { fresh }
        let seal = LinkSeal { hmacSHA256(key: key, $0) }
        let rows = subjects.clients.map { client in
            let code = client.passwordHash == nil ? seal.signature(of: client.claim) : "-"
            return Row(
                key: client.key, name: client.name, tags: client.tags, domains: subjects.watches(of: client).count,
                page: "\(subjects.settings.pageURL)/client/\(client.key)/\(code)")
        }
        switch output.format {
        case .json: try JSONOutput.print(rows)
        case .jsonl: for row in rows { try JSONOutput.print(line: row) }
        case .table where rows.isEmpty, .plain where rows.isEmpty, .nagios where rows.isEmpty:
            print("the configuration names no clients")
        default:
            let isPlain = output.format != .table
            let cells = rows.map { [$0.key, $0.name, "\($0.domains)", $0.page ?? "-"].map(\.visible) }
            let header = isPlain ? [] : ["CLIENT", "NAME", "DOMAINS", "PAGE"]
            for line in TextTable(header: header, rows: cells).lines(width: nil) { print(line) }
        }
    }
}
