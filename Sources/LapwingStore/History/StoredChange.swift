package import DNSWire
import Foundation
package import LapwingCore

/// A change as it was recorded.
package struct StoredChange: Sendable, Hashable {
    /// Grows with each change, and serves as the cursor of the list.
    package var id: Int64
    /// The watched domain.
    package var domain: Name
    /// When it was recorded.
    package var at: Timestamp
    /// The change itself.
    package var change: Change

    package init(id: Int64, domain: Name, at: Timestamp, change: Change) {
        self.id = id
        self.domain = domain
        self.at = at
        self.change = change
    }
}
