/// The header of that name (RFC 9110): seconds, or a date.
enum RetryAfter {
    /// Seconds to wait, at most a day; nil when it is missing or a date, which only a clock could turn into seconds.
    static func seconds(_ text: String?) -> Int? {
        guard let text, let seconds = Int(text.filter { $0 != " " }), seconds >= 0 else { return nil }
        return min(seconds, 86_400)
    }
}
