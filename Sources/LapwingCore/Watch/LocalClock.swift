/// The clocks of a place, given by the moments at which they are changed.
///
/// The core knows no time zones: the code that reads the configuration determines these moments.
package struct LocalClock: Sendable, Hashable, Codable {
    /// An offset from UTC that applies from a moment on.
    package struct Setting: Sendable, Hashable, Codable {
        /// The moment from which on it applies, in seconds since the epoch.
        package var from: Int64
        /// Seconds ahead of UTC; negative west of Greenwich.
        package var offset: Int64

        package init(from: Int64, offset: Int64) {
            self.from = from
            self.offset = offset
        }
    }

    /// The name for people, such as `Europe/Berlin`.
    package var zone: String
    /// The settings in the order of time; the first one also applies before its moment.
    package var settings: [Setting]

    package init(zone: String, settings: [Setting]) {
        self.zone = zone
        self.settings = settings
    }

    /// The clock of UTC, which is never changed.
    package static let utc = LocalClock(zone: "UTC", settings: [])

    /// Returns the seconds ahead of UTC at a moment.
    package func offset(at moment: Timestamp) -> Int64 {
        let seconds = moment.seconds
        var low = 0
        var high = settings.count
        while low < high {
            let middle = (low + high) / 2
            if settings[middle].from <= seconds { low = middle + 1 } else { high = middle }
        }
        return settings.isEmpty ? 0 : settings[max(0, low - 1)].offset
    }

    /// Returns the displayed time, in seconds since clocks displayed 1970-01-01 00:00.
    package func shown(at moment: Timestamp) -> Int64 { moment.seconds + offset(at: moment) }

    /// Returns the first moment at which clocks display this time.
    ///
    /// A time that is skipped when clocks are set forward counts as if they had not been set yet (RFC 5545 section
    /// 3.3.5).
    package func moment(showing seconds: Int64) -> Timestamp {
        let before = offset(at: Timestamp(seconds: seconds - Self.day))
        let after = offset(at: Timestamp(seconds: seconds + Self.day))
        let early = Timestamp(seconds: seconds - before)
        let late = Timestamp(seconds: seconds - after)
        return before != after && offset(at: early) != before && offset(at: late) == after ? late : early
    }

    /// Returns a moment as clocks there display it: `2026-03-29 08:00`, with the zone.
    package func sentence(_ moment: Timestamp) -> String {
        "\(Timestamp(seconds: shown(at: moment)).sentence.dropLast(4)) \(zone)"
    }

    static let day: Int64 = 86_400

    /// Returns the days since the epoch and the second of that day.
    static func split(_ shown: Int64) -> (day: Int64, second: Int64) {
        let day = shown >= 0 ? shown / Self.day : -((-shown + Self.day - 1) / Self.day)
        return (day, shown - day * Self.day)
    }

    /// Returns 0 for Monday to 6 for Sunday.
    static func weekday(ofDay day: Int64) -> Int { Int(((day + 3) % 7 + 7) % 7) }
}
