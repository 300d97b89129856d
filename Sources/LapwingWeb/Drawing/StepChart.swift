import LapwingCore

/// Values over time, each of which holds until the next one: TTLs.
enum StepChart {
    struct Line {
        var label: String
        var points: [(at: Timestamp, value: Double)]
    }

    private static let width = 640
    private static let left = 56.0
    private static let top = 10.0
    private static let height = 96.0

    /// Draws at most six lines; the vertical axis is logarithmic.
    static func svg(_ lines: [Line], from start: Timestamp, to end: Timestamp, unit: String, label: String) -> String {
        let total = Double(max(1, end.seconds(since: start)))
        let values = lines.flatMap { $0.points.map(\.value) }
        let most = max(values.max() ?? 1, 10)
        var drawing = Drawing(width: width, height: 150, label: label)
        let right = Double(width) - 8
        func x(_ moment: Timestamp) -> Double {
            left + (right - left) * min(1, max(0, Double(moment.seconds(since: start)) / total))
        }
        func y(_ value: Double) -> Double { top + height * (1 - logarithm(value) / logarithm(most * 1.3)) }
        var mark = 1.0
        while mark <= most * 1.3 {
            drawing.line(left, y(mark), right, y(mark), class: "grid")
            drawing.text(
                Shown.count(Int(mark)) + " " + unit, x: left - 6, y: y(mark) + 3.5, class: "tick", anchor: "end")
            mark *= 10
        }
        for (index, line) in lines.prefix(6).enumerated() {
            var path: [(Double, Double)] = []
            for point in line.points {
                if let last = path.last { path.append((x(point.at), last.1)) }
                path.append((x(point.at), y(point.value)))
            }
            if let last = path.last { path.append((right, last.1)) }
            drawing.path(path, class: "line l\(index)")
        }
        for step in 0...4 {
            let moment = start.adding(seconds: Int64(total) * Int64(step) / 4)
            let text =
                total > 172_800
                ? String(moment.description.dropFirst(5).prefix(5)) : String(moment.description.dropFirst(11).prefix(5))
            drawing.text(
                text, x: x(moment), y: 124, class: "tick", anchor: step == 0 ? "start" : step == 4 ? "end" : "middle")
        }
        return drawing.svg()
    }

    /// Returns the base-10 logarithm of a value of at least 1, by bisection, so that an axis needs no mathematics
    /// library.
    private static func logarithm(_ value: Double) -> Double {
        var rest = max(1, value)
        var result = 0.0
        while rest >= 10 {
            rest /= 10
            result += 1
        }
        var part = 0.5
        for _ in 0..<20 {
            rest *= rest
            if rest >= 10 {
                rest /= 10
                result += part
            }
            part /= 2
        }
        return result
    }
}
