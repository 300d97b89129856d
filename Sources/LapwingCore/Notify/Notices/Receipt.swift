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
