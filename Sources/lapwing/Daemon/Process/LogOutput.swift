import Foundation
import Glibc
import LapwingCore
import Logging
import Synchronization

/// The present settings of the log; a reload may change them.
final class LogControl: Sendable {
    /// The settings of the command line, which the configuration does not override.
    private let given: @Sendable (inout LogTerms) -> Void
    private let terms: Mutex<LogTerms>

    init(_ terms: LogTerms, given: @escaping @Sendable (inout LogTerms) -> Void = { _ in }) {
        self.given = given
        var terms = terms
        given(&terms)
        self.terms = Mutex(terms)
    }

    func take(_ terms: LogTerms) {
        var terms = terms
        given(&terms)
        self.terms.withLock { $0 = terms }
    }

    var current: LogTerms { terms.withLock { $0 } }
}

/// Writes the log to standard error, one line per event.
///
/// Texts from other sources can neither start a new line nor control a terminal.
struct LogOutput: LogHandler {
    private let control: LogControl
    private let isJournal: Bool
    private var ownLevel: Logger.Level?
    var metadata: Logger.Metadata = [:]

    init(_ control: LogControl) {
        self.control = control
        isJournal = Self.writesToJournal
    }

    var logLevel: Logger.Level {
        get { ownLevel ?? Logger.Level(control.current.lowest) }
        set { ownLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let terms = control.current
        let area = LogTerms.Area(module: event.source)
        guard event.level >= Logger.Level(terms.level(of: area)) else { return }
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { $0.description.visible }
        let line = LogLine(
            time: Date(), level: event.level, area: area, message: event.message.description.visible, fields: fields)
        Self.write(line.text(terms.format ?? (isJournal ? .journal : .text)) + "\n")
    }

    /// Writes each line with one system call, so that lines of several threads do not mix. Output that cannot be
    /// written is lost.
    private static func write(_ line: String) {
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 || written < 0 && errno == EINTR else { return }
            rest = rest.dropFirst(max(0, written))
        }
    }

    /// Whether standard error is connected to the journal of systemd (`systemd.exec(5)`): a socket, identified by its
    /// device and inode numbers.
    private static var writesToJournal: Bool {
        guard let inode = ProcessInfo.processInfo.environment["JOURNAL_STREAM"]?.split(separator: ":").last else {
            return false
        }
        let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(STDERR_FILENO)")
        return place == "socket:[\(inode)]"
    }
}

/// A log event as text.
private struct LogLine {
    var time: Date
    var level: Logger.Level
    var area: LogTerms.Area
    var message: String
    var fields: [String: String]

    func text(_ format: LogTerms.Format) -> String {
        switch format {
        case .text: "\(moment) \(level.rawValue) \(area.rawValue): \(message)\(pairs)"
        case .journal: "<\(priority)>\(area.rawValue): \(message)\(pairs)"
        case .json: json
        }
    }

    private var moment: String {
        let milliseconds = Int64(time.timeIntervalSince1970 * 1000)
        let second = Timestamp(seconds: milliseconds / 1000).description.dropLast()
        let fraction = String(milliseconds % 1000)
        return second + "." + String(repeating: "0", count: 3 - fraction.count) + fraction + "Z"
    }

    private var pairs: String {
        fields.sorted { $0.key < $1.key }.map { " \($0)=\(Self.word($1))" }.joined()
    }

    /// Quotes a value unless it is a single word.
    private static func word(_ text: String) -> String {
        let isWord = !text.isEmpty && !text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        if isWord { return text }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private var json: String {
        struct Entry: Encodable {
            var time: String
            var level: String
            var area: String
            var message: String
            var fields: [String: String]
        }
        let entry = Entry(time: moment, level: level.rawValue, area: area.rawValue, message: message, fields: fields)
        return (try? JSONOutput.text(entry, pretty: false)) ?? "{}"
    }

    /// The severity number of syslog (RFC 5424 section 6.2.1).
    private var priority: Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}

extension Logger.Level {
    init(_ level: LogTerms.Level) {
        switch level {
        case .debug: self = .debug
        case .info: self = .info
        case .notice: self = .notice
        case .warning: self = .warning
        case .error: self = .error
        }
    }
}

extension LogTerms.Area {
    /// The part of the program to which a module belongs.
    init(module: String) {
        switch module {
        case "lapwing", "LapwingConfig", "LapwingCore": self = .daemon
        case "LapwingEngine": self = .engine
        case "LapwingNotify": self = .notify
        case "LapwingProbes", "DNSClient", "LapwingOutgoing": self = .probes
        case "LapwingStore": self = .store
        case "LapwingWeb", "BlackboxProbe": self = .web
        default: self = .libraries
        }
    }
}
