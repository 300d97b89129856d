import Foundation

/// All faults of a file, in the order of their positions.
package struct ConfigFaults: Error, Sendable, CustomStringConvertible {
    /// At least one.
    package var faults: [ConfigFault]

    package init(faults: [ConfigFault]) {
        self.faults = faults
    }

    /// One line each.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
