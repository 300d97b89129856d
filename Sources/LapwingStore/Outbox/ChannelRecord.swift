package import LapwingCore

/// The statistics of a channel's notices.
package struct ChannelRecord: Sendable, Hashable {
    /// Notices that the receiver accepted.
    package var delivered = 0
    /// Notices that the receiver refused, or that were given up.
    package var refused = 0
    /// Notices that wait for a delivery.
    package var waiting = 0
    /// When the oldest waiting notice was created; nil if none waits.
    package var waitsSince: Timestamp?
    /// The latest notices, newest first.
    package var latest: [OutboxEntry] = []

    package init() {}
}
