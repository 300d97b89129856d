package import LapwingCore

/// A scenario read from its file: what the monitor is told, what the world does, and what is expected of the monitor.
package struct Scenario: Sendable {
    /// Whether something is wrong in it.
    package enum Kind: String, CaseIterable, Sendable {
        /// Something is wrong: alerts are expected.
        case malign
        /// A look-alike: no page, mostly silence.
        case benign
    }

    /// Names it in reports, as its file says.
    package var id: String
    /// Whether something is wrong in it.
    package var kind: Kind
    /// What happens, in a sentence.
    package var title: String
    /// The moment of minute 0.
    package var epoch: Timestamp
    /// What all choices by chance are drawn from.
    package var seed: UInt64
    /// What the monitor is told.
    package var monitor: MonitorSettings
    /// The last minute.
    package var end: Int
    /// What it should say.
    package var expectations: Expectations
    var timeline: WorldTimeline

    /// Regular rounds from the beginning to the end.
    var rounds: Int { (monitor.learn + end) / monitor.poll }
}
