/// What became of one try to deliver a notice.
package enum Receipt: Sendable, Hashable {
    /// The other side took it.
    case delivered(String)
    /// May work later: overload, time-out, server error. The seconds are what the other side asked for.
    case tryAgain(reason: String, after: Int64?)
    /// Will not work however often it is tried.
    case refused(String)

    /// Nothing is left to be done.
    package var isDelivered: Bool {
        if case .delivered = self { true } else { false }
    }
}

/// When to try again: 5 s, then doubling up to an hour, for three days.
package enum Retry {
    /// In seconds, one hour.
    package static let longestPause: Int64 = 3600
    /// Seconds after which a notice is no longer tried, three days.
    package static let givesUpAfter: Int64 = 3 * 86_400
    /// The longest pause that the other side can ask for.
    package static let longestWish: Int64 = 86_400

    /// Seconds before the next try, or nil when it is time to give up.
    ///
    /// - Parameters:
    ///   - attempts: tries made so far, from 1 on.
    ///   - age: seconds since the notice was made.
    ///   - wished: seconds that the other side asked for.
    ///   - chance: 0 to 1, so that many notices do not come back at the same moment.
    package static func pause(attempts: Int, age: Int64, wished: Int64?, chance: Double) -> Int64? {
        guard age < givesUpAfter else { return nil }
        let pause = min(longestPause, 5 << Int64(min(max(attempts - 1, 0), 12)))
        let spread = pause + Int64(Double(pause) * 0.2 * chance)
        return max(spread, min(wished ?? 0, longestWish))
    }
}
