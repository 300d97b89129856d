import ArgumentParser
import LapwingConfig
import LapwingCore

/// Parses moments in arguments: RFC 3339, a date, or a duration before now.
enum MomentText {
    /// Returns the beginning of the period that a text names.
    static func start(_ text: String) throws -> Timestamp { try moment(text, Timestamp.init(_:)) }

    /// Returns its end; for a date, the end of that day.
    static func end(_ text: String) throws -> Timestamp { try moment(text, Timestamp.end(of:)) }

    private static func moment(_ text: String, _ read: (String) -> Timestamp?) throws -> Timestamp {
        if let seconds = DurationText.seconds(text) { return currentTime.adding(seconds: -seconds) }
        guard let moment = read(text) else {
            throw ValidationError("`\(text)` is no time; write 2h, 7d, 2026-12-01 or 2026-12-01T20:00:00Z")
        }
        return moment
    }
}
