import LapwingCore

/// The last 24 hours of a domain as 48 cells; worse states have taller cells, not only another colour.
enum HistoryBar {
    static let cells = 48
    static let cellSeconds: Int64 = 1800
    static let seconds = Int64(cells) * cellSeconds

    /// Returns the bar; cells before `since`, the moment at which watching began, are empty.
    static func svg(incidents: [Incident], since: Timestamp?, now: Timestamp) -> String {
        let start = now.adding(seconds: -seconds)
        var worst = [Severity?](repeating: nil, count: cells)
        for incident in incidents where incident.severity >= .notice {
            for span in incident.spans(until: now) where span.to > start {
                let first = max(0, Int(span.from.seconds(since: start) / cellSeconds))
                let last = min(cells - 1, Int(max(0, span.to.seconds(since: start) - 1) / cellSeconds))
                guard first <= last else { continue }
                for cell in first...last { worst[cell] = max(worst[cell] ?? .info, span.severity) }
            }
        }
        let bad = worst.filter { $0 == .critical }.count
        let warned = worst.filter { $0 == .warning }.count
        let label =
            bad + warned == 0
            ? "Last 24 hours: no warning"
            : "Last 24 hours: \(half(bad)) critical, \(half(warned)) warning"
        var drawing = Drawing(width: cells * 6, height: 24, label: label)
        let learnt = since.map { Int($0.seconds(since: start) / cellSeconds) } ?? cells
        // Equal neighbours are drawn as one dashed line: fifty bars of single boxes would be most of the page.
        var cell = 0
        while cell < cells {
            let style = Self.style(worst[cell], isKnown: cell >= learnt)
            var end = cell + 1
            while end < cells, Self.style(worst[end], isKnown: end >= learnt) == style { end += 1 }
            let y = 24 - (heights[style] ?? 12) / 2
            drawing.line(Double(cell * 6), y, Double(end * 6), y, class: "run " + style)
            cell = end
        }
        return drawing.svg(class: "bar", stretches: true)
    }

    /// Worse states are taller, not only another colour.
    private static let heights: [String: Double] = ["bad": 24, "warn": 18, "note": 15, "good": 12, "idle": 5]

    private static func style(_ severity: Severity?, isKnown: Bool) -> String {
        switch severity {
        case .critical: "bad"
        case .warning: "warn"
        case .notice: "note"
        case .info, nil: isKnown ? "good" : "idle"
        }
    }

    private static func half(_ cells: Int) -> String {
        cells % 2 == 0 ? "\(cells / 2) h" : "\(cells / 2).5 h"
    }
}
