import ArgumentParser
import Foundation

/// The output format of a command.
struct OutputOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, jsonl, plain, nagios
    }

    enum Color: String, ExpressibleByArgument, CaseIterable {
        case auto, always, never
    }

    @Option(help: "table (default on a terminal), plain (default when piped), json, jsonl or nagios.")
    var output: Format?

    @Flag(help: "The same as --output json.")
    var json = false

    @Option(help: "Colour: auto is on a terminal only; NO_COLOR is honoured.")
    var color: Color = .auto

    var format: Format {
        json ? .json : output ?? (isatty(STDOUT_FILENO) == 1 ? .table : .plain)
    }

    var usesColor: Bool {
        switch color {
        case .always: return true
        case .never: return false
        case .auto:
            let environment = ProcessInfo.processInfo.environment
            let unwanted = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
            return !unwanted && isatty(STDOUT_FILENO) == 1
        }
    }
}
