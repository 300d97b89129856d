package import Foundation

/// The pause that a busy receiver asks for.
package enum RetryWish {
    /// A JSON response with the pause: Discord and Telegram use seconds, Matrix milliseconds.
    private struct Answer: Decodable {
        struct Parameters: Decodable {
            var retry_after: Double?
        }

        var retry_after: Double?
        var retry_after_ms: Double?
        var parameters: Parameters?

        var seconds: Double? {
            retry_after ?? parameters?.retry_after ?? retry_after_ms.map { $0 / 1000 }
        }
    }

    /// Returns whole seconds, rounded up, from the `Retry-After` header (RFC 9110 §10.2.3) or the body, whichever is
    /// longer. Nil if neither says.
    package static func seconds(header: String?, body: [UInt8], now: Date) -> Int64? {
        let said = [
            header.flatMap { Double($0) ?? date($0).map { $0.timeIntervalSince(now) } },
            (try? JSONDecoder().decode(Answer.self, from: Data(body)))?.seconds,
        ].compactMap(\.self).max()
        // An implausible number is ignored.
        guard let said, said >= 0, said < 1e9 else { return nil }
        return Int64(said.rounded(.up))
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    private static func date(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: text)
    }
}
