/// All faults of a scenario: reading does not stop at the first one.
package struct ScenarioError: Error, Sendable, CustomStringConvertible {
    /// In the order of discovery; at least one.
    package var faults: [ScenarioFault]

    /// One line per fault.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
