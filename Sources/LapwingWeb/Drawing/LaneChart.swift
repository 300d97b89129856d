import LapwingCore

/// One day of a domain: a lane for each of its parts, green while nothing was wrong.
enum LaneChart {
    struct Span {
        var from: Timestamp
        var to: Timestamp
        var severity: Severity
        /// A label that is drawn if it fits.
        var text: String
        var title: String
    }

    struct Lane {
        var title: String
        var spans: [Span]
    }

    private static let width = 960
    private static let left = 96.0
    private static let height = 15.0
    private static let step = 22.0
    private static let seconds: Int64 = 86_400

    /// Returns the chart; lanes are empty before `since`, the moment at which watching began.
    static func svg(_ lanes: [Lane], since: Timestamp?, now: Timestamp) -> String {
        let start = now.adding(seconds: -seconds)
        let right = Double(width)
        func x(_ moment: Timestamp) -> Double {
            left + (right - left) * min(1, max(0, Double(moment.seconds(since: start)) / Double(seconds)))
        }
        let troubled = lanes.filter { lane in lane.spans.contains { $0.to > start } }.map(\.title)
        let label =
            troubled.isEmpty
            ? "The last 24 hours: nothing was wrong"
            : "The last 24 hours: trouble with \(troubled.joined(separator: ", "))"
        var drawing = Drawing(width: width, height: Int(Double(lanes.count) * step) + 22, label: label)
        let learnt = since.map { max($0, start) } ?? now
        for (place, lane) in lanes.enumerated() {
            let y = Double(place) * step
            drawing.text(lane.title, x: 0, y: y + 11.5, class: "tick")
            drawing.box(x: left, y: y, width: right - left, height: height, class: "empty-lane", radius: 3)
            if learnt < now {
                drawing.box(x: x(learnt), y: y, width: right - x(learnt), height: height, class: "good", radius: 3)
            }
            // The worst is drawn last, so that it is on top.
            for span in lane.spans.sorted(by: { $0.severity < $1.severity }) where span.to > start {
                let begin = x(span.from)
                let length = max(3, x(span.to) - begin)
                drawing.box(
                    x: min(begin, right - length), y: y, width: length, height: height, class: span.severity.style,
                    radius: 3, title: span.title)
                if length > Double(span.text.count) * 6.4 + 8 {
                    drawing.text(span.text, x: begin + 5, y: y + 11.2, class: "in-lane")
                }
            }
        }
        // On a phone the left edge is scrolled out of sight, so the names are drawn at the right edge as well, on top.
        for (place, lane) in lanes.enumerated() {
            drawing.text(
                lane.title, x: right - 6, y: Double(place) * step + 11.5, class: "tick lane-end", anchor: "end")
        }
        for hour in stride(from: 0, through: 24, by: 4) {
            let moment = start.adding(seconds: Int64(hour) * 3600)
            drawing.text(
                String(moment.description.dropFirst(11).prefix(5)), x: x(moment),
                y: Double(lanes.count) * step + 14, class: "tick",
                anchor: hour == 0 ? "start" : hour == 24 ? "end" : "middle")
        }
        return drawing.svg(class: "lanes")
    }
}
