package import LapwingCore

/// A scenario read from its file: the configuration of the monitor, the events of the world, and the expected reports.
package struct Scenario: Sendable {
    /// Whether the scenario contains a fault.
    package enum Kind: String, CaseIterable, Sendable {
        /// There is a fault: alerts are expected.
        case malign
        /// It only looks like a fault: no page, and hardly any report.
        case benign
    }

    /// The identifier in reports, from the file.
    package var id: String
    /// Whether the scenario contains a fault.
    package var kind: Kind
    /// A sentence about the events.
    package var title: String
    /// The moment of minute 0.
    package var epoch: Timestamp
    /// The seed of all random choices.
    package var seed: UInt64
    /// The configuration of the monitor.
    package var monitor: MonitorSettings
    /// The last minute.
    package var end: Int
    /// The expected reports.
    package var expectations: Expectations
    var timeline: WorldTimeline

    /// The number of regular rounds from start to end.
    var rounds: Int { (monitor.learn + end) / monitor.poll }
}
