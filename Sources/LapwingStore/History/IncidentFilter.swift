package import DNSWire
import Foundation
package import LapwingCore

/// The conditions of a list of incidents; a missing condition does not restrict the list.
package struct IncidentFilter: Sendable, Hashable {
    /// Whether incidents are open or closed.
    package enum State: String, Sendable, CaseIterable {
        case all, open, closed
    }

    /// Open ones, closed ones, or both.
    package var state = State.all
    /// Only those of this domain; nil for any.
    package var domain: Name?
    /// Only those of these domains, as `Name.description` writes them; an empty list matches none.
    package var domains: [String]?
    /// Only those of this severity and worse; nil for any.
    package var severity: Severity?
    /// Only those that were open at this moment or later; nil for no bound.
    package var from: Timestamp?
    /// Only those that were opened before this moment; nil for no bound.
    package var to: Timestamp?

    package init() {}
}
