import DNSWire

/// The log of one probe in logfmt, for the debug page.
package struct ProbeLog: Sendable {
    /// The level of a line.
    package enum Level: String, Sendable { case info, error }

    /// One line of the log.
    package struct Line: Sendable {
        /// The level.
        package var level: Level
        /// The message, in blackbox_exporter's words.
        package var message: String
        /// Names and values after the message, in order.
        package var fields: [(String, String)]
        /// Formatted at the end of the line, as `response`.
        var reply: Reply?

        /// Makes a line about a successful step.
        package static func info(_ message: String, _ fields: [(String, String)] = []) -> Line {
            Line(level: .info, message: message, fields: fields)
        }

        /// Makes a line about a failure.
        package static func error(_ message: String, _ fields: [(String, String)] = []) -> Line {
            Line(level: .error, message: message, fields: fields)
        }
    }

    /// The largest number of lines, so that a reply with hundreds of records cannot fill the memory.
    private static let mostLines = 2000

    private let module: String
    private let target: String
    private var lines: [(at: Double, line: Line)] = []

    package init(module: String, target: String) {
        self.module = module
        self.target = target
    }

    /// Adds a line with the present time.
    package mutating func add(_ line: Line) {
        guard lines.count < Self.mostLines else { return }
        lines.append((WallClock.precise, line))
    }

    /// Formatted only on request, since most logs are never read.
    package var text: String {
        var text = ""
        for (at, line) in lines {
            let head = [("module", module), ("target", target), ("level", line.level.rawValue), ("msg", line.message)]
            let response = line.reply.map { [("response", $0.text)] } ?? []
            let fields = (head + line.fields + response).map { "\($0)=\(Self.value($1))" }
            text += "ts=\(Timestamp.text(at)) " + fields.joined(separator: " ") + "\n"
        }
        return text
    }

    /// Formats a logfmt value, with quotes if it contains spaces, quotes, an equals sign, control characters or invalid
    /// characters.
    private static func value(_ text: String) -> String {
        let isBare = text.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0 != "=" && $0 != "\"" && $0 != "\u{fffd}"
        }
        if isBare { return text == "null" ? "\"null\"" : text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                if scalar.value < 0x20 || scalar == "\u{fffd}" {
                    let hex = String(scalar.value, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    private enum Timestamp {
        /// Formats RFC 3339 in UTC with milliseconds.
        static func text(_ seconds: Double) -> String {
            let whole = Int64(seconds.rounded(.down))
            let (year, month, day) = CivilDate.date(ofDay: whole / 86400)
            let rest = whole % 86400
            func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
            let milliseconds = Int64((seconds - Double(whole)) * 1000)
            let fraction = String(repeating: "0", count: 3 - String(milliseconds).count) + String(milliseconds)
            return
                "\(year)-\(two(month))-\(two(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60)).\(fraction)Z"
        }
    }
}
