/// How often each loop of the daemon has come round: a figure that stands still belongs to a loop that hangs.
///
/// Each comes round about once a second, whatever there is to do.
package struct LoopTurns: Equatable, Sendable {
    /// Turns of the loop that starts rounds.
    package var engine = 0
    /// Turns of the loop that delivers notices.
    package var deliverer = 0

    package init() {}
}
