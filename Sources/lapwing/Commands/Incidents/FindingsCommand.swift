import ArgumentParser
import LapwingCore
import LapwingWeb

/// Lists the kinds of findings: when each is reported, its severity, and the recommended action.
struct FindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings",
        abstract: "Lists all findings with their severities, or shows the page about one of them.",
        discussion: "Exit code 1 when there is no finding of that name.")

    @Argument(help: "The code of a finding, such as ttl.low.")
    var code: String?

    @Flag(help: "The table of severities of CODE as Markdown, and nothing else.")
    var table = false

    @OptionGroup var output: OutputOptions

    /// A line of a rule's severity table.
    private struct Row: Encodable {
        var code: String
        var title: String
        var severities: [String]
        var `class`: String
        var when: String
        var rule: String
        var references: [String]

        init(_ line: Rulebook.Case) {
            code = line.row.code.rawValue
            title = FindingTexts.title(of: line.row.code.rawValue)
            severities = Severity.allCases.filter(line.row.severities.contains).map(\.rawValue)
            `class` = line.row.incidentClass.rawValue
            when = line.when
            rule = line.rule.name
            references = line.rule.references
        }
    }

    func run() throws {
        let codes = FindingCode.all.filter { code == nil || $0.rawValue == code }.sorted { $0.rawValue < $1.rawValue }
        guard let first = codes.first else {
            StandardError.print("there is no finding `\(code ?? "")`; `lapwing findings` lists all")
            throw ExitCode(1)
        }
        if table {
            for code in codes { print(Rulebook.table(of: code), terminator: "") }
            return
        }
        let rows = codes.flatMap { Rulebook.cases(of: $0) }.map(Row.init)
        switch output.format {
        case .json: try JSONOutput.print(rows)
        case .jsonl: for row in rows { try JSONOutput.print(line: row) }
        case .table, .plain, .nagios:
            if code != nil {
                print(FindingTexts.all[first.rawValue] ?? "", terminator: "")
                return
            }
            for code in codes {
                let severities = Set(Rulebook.cases(of: code).flatMap(\.row.severities))
                let words = Severity.allCases.reversed().filter(severities.contains).map(\.rawValue)
                print("\(code)\t\(words.joined(separator: ", "))\t\(FindingTexts.title(of: code.rawValue))")
            }
        }
    }
}
