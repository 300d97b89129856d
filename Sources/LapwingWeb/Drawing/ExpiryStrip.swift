import LapwingCore

/// The next 90 days as a calendar strip, with one column per day and one block per expiry.
enum ExpiryStrip {
    static let days = 90

    struct Item {
        var at: Timestamp
        var title: String
        var isSignature: Bool
    }

    static func svg(_ items: [Item], now: Timestamp) -> String {
        var columns = [[Item]](repeating: [], count: days)
        for item in items {
            let day = Int(item.at.seconds(since: now) / 86_400)
            if (0..<days).contains(day) { columns[day].append(item) }
        }
        let shown = items.filter { (0..<Int64(days) * 86_400).contains($0.at.seconds(since: now)) }.count
        var drawing = Drawing(
            width: 960, height: 118, label: "\(shown) registrations and signatures end in the next 90 days")
        let step = 960.0 / Double(days)
        for (day, column) in columns.enumerated() {
            let x = Double(day) * step
            drawing.box(
                x: x, y: 86, width: step - 1.5, height: 6,
                class: day < 7 ? "bad soft" : day < 30 ? "warn soft" : "idle soft")
            for (index, item) in column.prefix(7).enumerated() {
                let style = item.isSignature ? "note" : day < 7 ? "bad" : day < 30 ? "warn" : "good"
                drawing.box(
                    x: x, y: 76 - Double(index) * 11, width: step - 1.5, height: 9, class: style,
                    title: "\(item.title), \(item.at.sentence)")
            }
            if column.count > 7 { drawing.text("+", x: x + step / 2, y: 9, class: "tick", anchor: "middle") }
            if day % 15 == 0 {
                let date = String(now.adding(seconds: Int64(day) * 86_400).description.prefix(10))
                drawing.text(date, x: x, y: 110, class: "tick")
            }
        }
        return drawing.svg()
    }
}
