import RegistrationData

/// The `Retry-After` header (RFC 9110): seconds, or a date.
enum RetryAfter {
    /// Returns the seconds to wait, at most a day; nil if the header is missing or invalid.
    ///
    /// A date is relative to the server's `Date` header, so that a differing clock does no harm. Without that header it
    /// is relative to `now`, in seconds since 1970.
    static func seconds(_ text: String?, date: String?, now: Int) -> Int? {
        guard let text else { return nil }
        if let seconds = Int(text.filter { $0 != " " }) { return seconds < 0 ? nil : min(seconds, 86_400) }
        let reader = DateReader()
        guard let end = reader.read(text), end.precision == .instant else { return nil }
        let start = date.flatMap { reader.read($0) }?.unixSeconds ?? now
        return min(max(end.unixSeconds - start, 0), 86_400)
    }
}
