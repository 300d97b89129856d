import DNSWire
import Foundation
package import LapwingCore

/// An RRset at a source during a period.
package struct HistoryEntry: Sendable, Hashable {
    /// The source, in the notation of ``Sighting/source``.
    package var source: String
    /// The RRset.
    package var key: RecordSetKey
    /// Nil if the source rotates so fast that individual values are not kept.
    package var values: [String]?
    /// In seconds, for authoritative servers and the parent; nil for resolvers.
    package var ttl: UInt32?
    /// When it was first served.
    package var began: Timestamp
    /// Nil while the source still serves it.
    package var ended: Timestamp?
}
