import Foundation
import LapwingCore
import Synchronization

/// Reports the progress of a change on stderr: as lines that are overwritten on a terminal, elsewhere as a line for
/// each news.
final class WaitProgress: Sendable {
    private struct Said {
        var lines = 0
        var sources: [Source: String] = [:]
        var latest: Timestamp?
        var sentence = ""
        var firstForecast: (said: Timestamp, latest: Timestamp)?
    }

    /// Seconds by which a forecast may move without being reported again.
    private static let slack: Int64 = 5
    private static let barWidth = 24

    private let isQuiet: Bool
    private let deadline: Timestamp
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let said = Mutex(Said())

    init(isQuiet: Bool, deadline: Timestamp) {
        self.isQuiet = isQuiet
        self.deadline = deadline
    }

    /// The first forecast with a definite moment, and when it was made.
    var firstForecast: (said: Timestamp, latest: Timestamp)? { said.withLock(\.firstForecast) }

    func tell(_ wait: PropagationWait, at now: Timestamp) {
        said.withLock { said in
            if said.firstForecast == nil, case .latest(let latest) = wait.forecast(at: now) {
                said.firstForecast = (now, latest)
            }
            guard !isQuiet else { return }
            if isTerminal { draw(wait, at: now, &said) } else { list(wait, at: now, &said) }
        }
    }

    /// Clears the lines, before the result is printed.
    func clear() {
        said.withLock { said in
            write(Self.away(said.lines))
            said.lines = 0
        }
    }

    private func draw(_ wait: PropagationWait, at now: Timestamp, _ said: inout Said) {
        let there = wait.standings.count { $0.state == .there }
        let all = max(wait.standings.count, 1)
        let filled = Self.barWidth * there / all
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.barWidth - filled)
        let left = max(deadline.seconds(since: now), 0)
        var lines = ["[\(bar)] \(wait.summary(at: now)); giving up in \(left.lengthText)"]
        lines += TextTable(rows: wait.standings.map { [$0.title, $0.words(wait, at: now)] })
            .lines(width: nil, indent: 2)
        // A line wider than the terminal would take two rows and could not be cleared.
        let width = max(Self.terminalWidth, 20) - 1
        let text = lines.map { String($0.visible.prefix(width)) }.joined(separator: "\n")
        write(Self.away(said.lines) + text + "\n")
        said.lines = lines.count
    }

    private func list(_ wait: PropagationWait, at now: Timestamp, _ said: inout Said) {
        var lines: [String] = []
        for standing in wait.standings {
            let signature = "\(standing.state) \(standing.data) \(standing.trouble ?? "")"
            guard said.sources[standing.source] != signature else { continue }
            // Resolvers that wait for their turn are reported together.
            let isNews = standing.state != .unasked || said.sources[standing.source] != nil
            said.sources[standing.source] = signature
            if isNews { lines.append("\(standing.title): \(standing.words(wait, at: now))") }
        }
        let sentence = wait.summary(at: now, counts: false)
        let moved: Bool =
            if case .latest(let latest) = wait.forecast(at: now) {
                said.latest.map { abs(latest.seconds(since: $0)) > Self.slack } ?? true
            } else {
                said.latest != nil || sentence != said.sentence
            }
        if !lines.isEmpty || moved {
            if moved { lines.append(wait.summary(at: now)) }
            if case .latest(let latest) = wait.forecast(at: now) { said.latest = latest } else { said.latest = nil }
            said.sentence = sentence
        }
        for line in lines { write("\(now.clock(beside: now))  \(line)".visible + "\n") }
    }

    private static func away(_ lines: Int) -> String { String(repeating: "\u{1B}[A\u{1B}[2K", count: lines) + "\r" }

    private static var terminalWidth: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private func write(_ text: String) {
        if !text.isEmpty, text != "\r" { FileHandle.standardError.write(Data(text.utf8)) }
    }
}
