import DNSClient
import Foundation

/// The result of a sweep, as text or as one JSON object.
enum SweepSummary {
    private struct Report: Encodable {
        var names: Int
        var invalidNames: Int
        var queries: Int
        var answered: Int
        var failed: [String: Int]
        var retries: Int
        var differing: Int
        var seconds: Double
        var queriesPerSecond: Double
        var cpuSeconds: Double
        var peakRSSBytes: Int

        enum CodingKeys: String, CodingKey {
            case names, invalidNames = "invalid_names", queries, answered, failed, retries, differing, seconds
            case queriesPerSecond = "queries_per_second", cpuSeconds = "cpu_seconds", peakRSSBytes = "peak_rss_bytes"
        }
    }

    static func json(_ report: SweepReport) throws -> String {
        try JSONOutput.text(figures(report))
    }

    static func text(_ report: SweepReport) -> String {
        let figures = figures(report)
        let failed = figures.failed.sorted { $0.value > $1.value }.map { "\($0.value) \($0.key)" }
        var lines = [
            "\(figures.names) names, \(figures.queries) questions in \(figures.seconds) s: "
                + "\(Int(figures.queriesPerSecond)) a second",
            "answered \(figures.answered), failed \(figures.queries - figures.answered)"
                + (failed.isEmpty ? "" : " (" + failed.joined(separator: ", ") + ")") + ", retries \(figures.retries)",
            "CPU \(figures.cpuSeconds) s, memory at most \(figures.peakRSSBytes / 1_048_576) MiB",
        ]
        if figures.invalidNames > 0 { lines.append("\(figures.invalidNames) lines are no names") }
        if figures.differing > 0 {
            lines.append("\(figures.differing) questions answered differently by the resolvers")
        }
        return lines.joined(separator: "\n")
    }

    private static func figures(_ report: SweepReport) -> Report {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let cpu =
            Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        let (seconds, attoseconds) = report.elapsed.components
        let elapsed = Double(seconds) + Double(attoseconds) / 1e18
        return Report(
            names: report.names, invalidNames: report.invalidNames, queries: report.queries,
            answered: report.answered, failed: report.failed, retries: report.retries, differing: report.differing,
            seconds: rounded(elapsed), queriesPerSecond: rounded(elapsed > 0 ? Double(report.concluded) / elapsed : 0),
            cpuSeconds: rounded(cpu), peakRSSBytes: usage.ru_maxrss * 1024)
    }

    private static func rounded(_ value: Double) -> Double {
        (value * 1000).rounded() / 1000
    }
}
