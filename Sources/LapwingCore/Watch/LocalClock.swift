/// What clocks show at a place, kept as the moments at which they are set.
///
/// The core knows no time zones: whoever reads the configuration works out when clocks are set there.
package struct LocalClock: Sendable, Hashable, Codable {
    /// From a moment on, in seconds since the epoch, clocks are this many seconds ahead of UTC.
    package struct Setting: Sendable, Hashable, Codable {
        /// Seconds since the epoch at which it begins to hold.
        package var from: Int64
        /// Seconds ahead of UTC; negative west of Greenwich.
        package var offset: Int64

        package init(from: Int64, offset: Int64) {
            self.from = from
            self.offset = offset
        }
    }

    /// As people name it, such as `Europe/Berlin`.
    package var zone: String
    /// In the order of time; what holds before the first one is what the first one says.
    package var settings: [Setting]

    package init(zone: String, settings: [Setting]) {
        self.zone = zone
        self.settings = settings
    }

    /// The clock that is never set.
    package static let utc = LocalClock(zone: "UTC", settings: [])

    /// Seconds ahead of UTC at a moment.
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

    /// What clocks show, in seconds since they showed 1970-01-01 00:00.
    package func shown(at moment: Timestamp) -> Int64 { moment.seconds + offset(at: moment) }

    /// The first moment at which clocks show so many seconds.
    ///
    /// A time that is left out when clocks are set ahead counts as if they had not been set yet (RFC 5545 section 3.3.5).
    package func moment(showing seconds: Int64) -> Timestamp {
        let before = offset(at: Timestamp(seconds: seconds - Self.day))
        let after = offset(at: Timestamp(seconds: seconds + Self.day))
        let early = Timestamp(seconds: seconds - before)
        let late = Timestamp(seconds: seconds - after)
        return before != after && offset(at: early) != before && offset(at: late) == after ? late : early
    }

    /// A moment as clocks there show it: `2026-03-29 08:00`.
    package func sentence(_ moment: Timestamp) -> String {
        "\(Timestamp(seconds: shown(at: moment)).sentence.dropLast(4)) \(zone)"
    }

    static let day: Int64 = 86_400

    /// Days since the epoch and seconds of that day.
    static func split(_ shown: Int64) -> (day: Int64, second: Int64) {
        let day = shown >= 0 ? shown / Self.day : -((-shown + Self.day - 1) / Self.day)
        return (day, shown - day * Self.day)
    }

    /// 0 for Monday to 6 for Sunday.
    static func weekday(ofDay day: Int64) -> Int { Int(((day + 3) % 7 + 7) % 7) }
}
