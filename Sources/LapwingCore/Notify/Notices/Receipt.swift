/// What became of one try to deliver a notice.
package enum Receipt: Sendable, Hashable {
    /// The other side took it.
    case delivered(String)
    /// May work later: overload, time-out, server error. The seconds are what the other side asked for.
    case tryAgain(reason: String, after: Int64?)
    /// Will not work however often it is tried.
    case refused(String)
    /// Not the same for all recipients.
    case divided(Division)

    /// Nothing is left to be done.
    package var isDelivered: Bool {
        if case .delivered = self { true } else { false }
    }

    /// What became of a message at several recipients.
    package struct Division: Sendable, Hashable {
        /// One who has not got it.
        package struct Part: Sendable, Hashable {
            /// As the configuration has it.
            package var recipient: String
            /// Why, with the recipient.
            package var reason: String

            package init(_ recipient: String, _ reason: String) {
                self.recipient = recipient
                self.reason = reason
            }
        }

        /// What the other side said when it took the message for at least one; nil when it did for none.
        package var taken: String?
        /// Those for whom it may work later.
        package var later: [Part] = []
        /// Those for whom it will not work however often it is tried.
        package var refused: [Part] = []

        package init(taken: String?, later: [Part] = [], refused: [Part] = []) {
            self.taken = taken
            self.later = later
            self.refused = refused
        }

        /// All reasons in one line.
        package var reasons: String { (refused + later).map(\.reason).joined(separator: "; ") }

        /// What it comes to where it is the same for all.
        ///
        /// - Parameter isForSome: the message was for some recipients only: that it may work later for them says nothing of
        ///   the others, nor of the channel.
        package func receipt(isForSome: Bool) -> Receipt {
            if let taken, later.isEmpty, refused.isEmpty { return .delivered(taken) }
            if taken == nil, later.isEmpty { return .refused(reasons) }
            if taken == nil, refused.isEmpty, !isForSome { return .tryAgain(reason: reasons, after: nil) }
            return .divided(self)
        }
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
