/// The result of one attempt to deliver a notice.
package enum Receipt: Sendable, Hashable {
    /// The receiver accepted it.
    case delivered(String)
    /// It may work later: overload, time-out, server error. The seconds are the pause that the receiver asked for.
    case tryAgain(reason: String, after: Int64?)
    /// It will not work, however often it is tried.
    case refused(String)
    /// The result differs between recipients.
    case divided(Division)

    /// Whether it was delivered and nothing is left to do.
    package var isDelivered: Bool {
        if case .delivered = self { true } else { false }
    }

    /// The results for several recipients.
    package struct Division: Sendable, Hashable {
        /// A recipient without the message.
        package struct Part: Sendable, Hashable {
            /// The recipient as configured.
            package var recipient: String
            /// The reason, including the recipient.
            package var reason: String

            package init(_ recipient: String, _ reason: String) {
                self.recipient = recipient
                self.reason = reason
            }
        }

        /// The receiver's response when it accepted the message for at least one recipient; nil if it did for none.
        package var taken: String?
        /// Recipients for whom it may work later.
        package var later: [Part] = []
        /// Recipients for whom it will not work, however often it is tried.
        package var refused: [Part] = []

        package init(taken: String?, later: [Part] = [], refused: [Part] = []) {
            self.taken = taken
            self.later = later
            self.refused = refused
        }

        /// All reasons in one line.
        package var reasons: String { (refused + later).map(\.reason).joined(separator: "; ") }

        /// Returns the common result, if it is the same for all recipients.
        ///
        /// - Parameter isForSome: whether the message was for some recipients only: a temporary failure for them says
        ///   nothing about the others, nor about the channel.
        package func receipt(isForSome: Bool) -> Receipt {
            if let taken, later.isEmpty, refused.isEmpty { return .delivered(taken) }
            if taken == nil, later.isEmpty { return .refused(reasons) }
            if taken == nil, refused.isEmpty, !isForSome { return .tryAgain(reason: reasons, after: nil) }
            return .divided(self)
        }
    }
}

/// The pauses between attempts: 5 s, then doubling up to an hour, for three days.
package enum Retry {
    /// The longest pause in seconds, one hour.
    package static let longestPause: Int64 = 3600
    /// The age in seconds at which a notice is given up, three days.
    package static let givesUpAfter: Int64 = 3 * 86_400
    /// The longest pause in seconds that the receiver can ask for.
    package static let longestWish: Int64 = 86_400

    /// Returns the seconds before the next attempt; nil if it is time to give up.
    ///
    /// - Parameters:
    ///   - attempts: attempts made so far, from 1 on.
    ///   - age: seconds since the notice was made.
    ///   - wished: seconds that the receiver asked for.
    ///   - chance: a random number from 0 to 1, which spreads the attempts of many notices over time.
    package static func pause(attempts: Int, age: Int64, wished: Int64?, chance: Double) -> Int64? {
        guard age < givesUpAfter else { return nil }
        let pause = min(longestPause, 5 << Int64(min(max(attempts - 1, 0), 12)))
        let spread = pause + Int64(Double(pause) * 0.2 * chance)
        return max(spread, min(wished ?? 0, longestWish))
    }
}
