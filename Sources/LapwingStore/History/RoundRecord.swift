package import DNSWire
import Foundation
package import LapwingCore

/// The results of one round, written in one transaction.
package struct RoundRecord: Sendable {
    /// The watched domain.
    package var domain: Name
    /// When the round began, by the wall clock.
    package var at: Timestamp
    /// The answers of each source; values that are known already are not written again.
    package var sightings: [Sighting]
    /// The data that was prepared beforehand; nil for none.
    package var draft: RoundDraft?
    /// The result of judging it.
    package var outcome: RoundOutcome
    /// Whether memory is written too; it is always written with events and changes.
    package var keepsState: Bool
    /// The parts of memory that are in the store already; nil if that is not known.
    package var kept: KeptMemory?
    /// The new version of the zone, if it was transferred; written in the same transaction as the changes that are
    /// reported about it. Nil if it was not.
    package var zone: ZoneUpdate?

    package init(
        domain: Name, at: Timestamp, sightings: [Sighting], outcome: RoundOutcome, keepsState: Bool,
        kept: KeptMemory? = nil, zone: ZoneUpdate? = nil, draft: RoundDraft? = nil
    ) {
        self.domain = domain
        self.at = at
        self.sightings = sightings
        self.outcome = outcome
        self.keepsState = keepsState
        self.kept = kept
        self.zone = zone
        self.draft = draft
    }
}
