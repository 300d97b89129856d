import ArgumentParser
import LapwingConfig
import LapwingCore

/// Moments as people type them: RFC 3339, a day, or a length of time that counts back from now.
enum MomentText {
    /// The beginning of what a text names.
    static func start(_ text: String) throws -> Timestamp { try moment(text, Timestamp.init(_:)) }

    /// The end of it: a day is the whole day.
    static func end(_ text: String) throws -> Timestamp { try moment(text, Timestamp.end(of:)) }

    private static func moment(_ text: String, _ read: (String) -> Timestamp?) throws -> Timestamp {
        if let seconds = DurationText.seconds(text) { return currentTime.adding(seconds: -seconds) }
        guard let moment = read(text) else {
            throw ValidationError("`\(text)` is no time; write 2h, 7d, 2026-12-01 or 2026-12-01T20:00:00Z")
        }
        return moment
    }
}
