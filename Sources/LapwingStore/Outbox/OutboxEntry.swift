import Foundation
package import LapwingCore

/// A notice in the outbox, with its delivery state.
package struct OutboxEntry: Sendable, Hashable {
    /// The notice.
    package var notice: Notice
    /// When it was put into the outbox.
    package var created: Timestamp
    /// Tries so far.
    package var attempts: Int
    /// When the next try is due; meaningless once it is finished.
    package var nextTry: Timestamp
    /// When it was accepted, refused or given up; nil while it waits.
    package var finished: Timestamp?
    /// The result of the last try, in words; nil before the first one.
    package var receipt: String?
}
