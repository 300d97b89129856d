import RegistrationData

/// The header of that name (RFC 9110): seconds, or a date.
enum RetryAfter {
    /// Seconds to wait, at most a day; nil when it is missing or neither.
    ///
    /// A date counts from what the server takes for now, its `Date` header, so that a clock that differs does no harm;
    /// `now` is used where there is none, in seconds since 1970.
    static func seconds(_ text: String?, date: String?, now: Int) -> Int? {
        guard let text else { return nil }
        if let seconds = Int(text.filter { $0 != " " }) { return seconds < 0 ? nil : min(seconds, 86_400) }
        let reader = DateReader()
        guard let end = reader.read(text), end.precision == .instant else { return nil }
        let start = date.flatMap { reader.read($0) }?.unixSeconds ?? now
        return min(max(end.unixSeconds - start, 0), 86_400)
    }
}
