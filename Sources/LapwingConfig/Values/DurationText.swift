/// Durations in the notation of users: a whole number and a unit, `90s 5m 12h 30d`.
package enum DurationText {
    /// The seconds of a hundred years, so that sums cannot overflow.
    package static let longest: Int64 = 36_525 * 86_400

    /// Parses seconds; nil for anything else, including negative numbers and more than ``longest``.
    package static func seconds(_ text: String) -> Int64? {
        guard let unit = text.last, let number = Int64(text.dropLast()), number >= 0, text.first?.isNumber == true
        else {
            return nil
        }
        let factor: Int64
        switch unit {
        case "s": factor = 1
        case "m": factor = 60
        case "h": factor = 3600
        case "d": factor = 86_400
        case "w": factor = 7 * 86_400
        default: return nil
        }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow || seconds > longest ? nil : seconds
    }

    /// Formats seconds with the largest unit that divides them.
    package static func text(_ seconds: Int64) -> String {
        for (unit, size) in [("d", Int64(86_400)), ("h", 3600), ("m", 60)] where seconds >= size && seconds % size == 0
        {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}
