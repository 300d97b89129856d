/// The turns of each loop of the daemon: a count that does not change belongs to a hanging loop.
///
/// Each loop turns about once a second, even if there is nothing to do.
package struct LoopTurns: Equatable, Sendable {
    /// Turns of the loop that starts rounds.
    package var engine = 0
    /// Turns of the loop that delivers notices.
    package var deliverer = 0

    package init() {}
}
