package import LapwingCore

/// A scenario read from its file: what the monitor is told, what the world does, and what is expected of the monitor.
package struct Scenario: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// Something is wrong: alerts are expected.
        case malign
        /// A look-alike: no page, mostly silence.
        case benign
    }

    package var id: String
    package var kind: Kind
    package var title: String
    /// The moment of minute 0.
    package var epoch: Timestamp
    package var seed: UInt64
    package var monitor: MonitorSettings
    /// The last minute.
    package var end: Int
    package var expectations: Expectations
    var timeline: WorldTimeline

    /// Regular rounds from the beginning to the end.
    var rounds: Int { (monitor.learn + end) / monitor.poll }
}
