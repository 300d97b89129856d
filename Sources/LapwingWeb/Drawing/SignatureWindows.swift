import LapwingCore

/// Signatures as bars from inception to expiration, with a line for now.
enum SignatureWindows {
    static func svg(_ windows: [TrustRail.Window], now: Timestamp) -> String {
        let shown = windows.sorted { $0.to < $1.to }.prefix(16)
        let start = min(shown.map(\.from).min() ?? now, now.adding(seconds: -3600))
        let end = max(shown.map(\.to).max() ?? now, now.adding(seconds: 3600))
        let total = Double(max(1, end.seconds(since: start)))
        let left = 190.0
        let width = 640.0
        func x(_ moment: Timestamp) -> Double {
            left + (width - left - 8) * min(1, max(0, Double(moment.seconds(since: start)) / total))
        }
        let expired = shown.filter { $0.to <= now }.count
        let height = shown.count * 22 + 30
        var drawing = Drawing(
            width: Int(width), height: height,
            label:
                "\(shown.count) signatures, \(expired) of them expired; the first to end does so \(shown.first?.to.sentence ?? "never")"
        )
        for (row, window) in shown.enumerated() {
            let y = Double(row * 22 + 4)
            let left = window.to.seconds(since: now)
            let style = left <= 0 ? "bad" : left < 172_800 ? "warn" : "good"
            drawing.text(Shown.text(window.label, limit: 28), x: 0, y: y + 11, class: "lane")
            drawing.box(
                x: x(window.from), y: y, width: max(2, x(window.to) - x(window.from)), height: 14, class: style,
                radius: 3, title: "\(window.label): \(window.from.sentence) to \(window.to.sentence)")
        }
        let bottom = Double(shown.count * 22 + 4)
        drawing.line(x(now), 0, x(now), bottom, class: "now")
        drawing.text("now", x: x(now), y: bottom + 14, class: "tick", anchor: "middle")
        // Dates at both ends of the axis, unless the label "now" is too near.
        for (moment, anchor) in [(start, "start"), (end, "end")] where abs(x(moment) - x(now)) > 70 {
            drawing.text(
                String(moment.description.prefix(10)), x: x(moment), y: bottom + 14, class: "tick", anchor: anchor)
        }
        return drawing.svg()
    }
}
