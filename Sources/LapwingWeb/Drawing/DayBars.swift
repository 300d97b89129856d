import LapwingCore

/// The days of a domain as bars, one per day. Worse days have taller bars, not only another colour; days without
/// observations are grey.
enum DayBars {
    private static let step = 6
    private static let height = 28

    /// The style, the height of the bar, and its colour if no style sheet applies.
    private static func look(_ state: Report.DayState) -> (style: String, height: Int, colour: String) {
        switch state {
        case .unknown: ("idle", 8, "#b9bec3")
        case .good: ("good", 16, "#2c9c74")
        case .disturbed: ("note", 19, "#4d8ed1")
        case .warning: ("warn", 23, "#d08a17")
        case .critical: ("bad", 28, "#d3402f")
        }
    }

    /// Returns the picture. Good and unknown days are one path each; every other day has its own, with a title.
    static func svg(_ days: [Report.Day], _ wording: Wording) -> String {
        var drawing = Drawing(width: max(1, days.count) * step, height: height, label: words(days, wording))
        for state in [Report.DayState.unknown, .good] {
            let look = look(state)
            let bars = days.indices.filter { days[$0].state == state }.map { place in
                "M\(place * step) \(height - look.height)h\(step - 1)v\(look.height)h-\(step - 1)z"
            }
            if !bars.isEmpty { drawing.area(bars.joined(), class: look.style, colour: look.colour) }
        }
        for (place, day) in days.enumerated() where day.state != .unknown && day.state != .good {
            let look = look(day.state)
            drawing.area(
                "M\(place * step) \(height - look.height)h\(step - 1)v\(look.height)h-\(step - 1)z", class: look.style,
                colour: look.colour, title: "\(wording.day(day.number)): \(wording.word(day.state))")
        }
        return drawing.svg(class: "days", stretches: true)
    }

    /// `90 days: 87 well, 1 critical, 2 not seen`.
    static func words(_ days: [Report.Day], _ wording: Wording) -> String {
        let parts = [Report.DayState.good, .disturbed, .warning, .critical, .unknown].compactMap { state in
            let count = days.count { $0.state == state }
            return count > 0 ? wording.say(.daysBeing(state, count)) : nil
        }
        return "\(wording.say(.days(days.count))): \(parts.joined(separator: ", "))"
    }
}
