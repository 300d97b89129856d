import DNSClient
import Foundation
import Synchronization

/// Reports the progress of a sweep on stderr: a bar on a terminal, an occasional line elsewhere.
final class SweepProgress: Sendable {
    private struct Last {
        var concluded = 0
        var elapsed: Duration = .zero
        var lineAt: Duration = .zero
        var hasBar = false
    }

    private let total: Int?
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let last = Mutex(Last())

    /// - Parameter total: the size of the list of names in bytes, if it is known.
    init(total: Int?) {
        self.total = total
    }

    func show(_ report: SweepReport) {
        last.withLock { last in
            let span = report.elapsed - last.elapsed
            let rate = span > .zero ? Double(report.concluded - last.concluded) / (span / .seconds(1)) : 0
            if isTerminal {
                last.concluded = report.concluded
                last.elapsed = report.elapsed
                last.hasBar = true
                write(
                    "\r\u{1B}[K" + bar(report)
                        + " \(report.concluded) answers, \(Int(rate))/s, \(report.retries) retries")
            } else if report.elapsed - last.lineAt > .seconds(10) {
                last = Last(concluded: report.concluded, elapsed: report.elapsed, lineAt: report.elapsed)
                write("\(report.names) names, \(report.concluded) answers, \(Int(rate))/s\n")
            }
        }
    }

    /// Clears the bar.
    func end() {
        last.withLock { last in
            if last.hasBar { write("\r\u{1B}[K") }
        }
    }

    private func bar(_ report: SweepReport) -> String {
        guard let total, total > 0 else { return "" }
        let part = min(max(Double(report.bytesRead) / Double(total), 0), 1)
        let filled = Int(part * 30)
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
            + "] \(Int(part * 100)) %"
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
