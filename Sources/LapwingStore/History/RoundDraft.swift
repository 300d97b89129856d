import DNSWire
import Foundation
package import LapwingCore

/// The store data of a round, prepared on any available thread, since encoding takes longer than writing.
package struct RoundDraft: Sendable {
    /// The answers of each source.
    package let sightings: [Sighting]
    /// The hash of the sightings, valid in this process only.
    package let hash: Int
    /// The sightings as rows; nil if they are not needed or cannot be encoded. In the latter case writing fails with
    /// the same error.
    let rows: [SightingRow]?
    /// The encoded parts of memory that are to be written.
    private(set) var parts: [WatchState.Part: Data] = [:]
    /// The store's parts of memory after the write, except for the epoch; nil if memory is not written.
    let marks: KeptMemory?

    /// - Parameters:
    ///   - sightings: the answers of the round.
    ///   - known: the hash of the previous sightings; equal ones are not written.
    ///   - keepsState: whether memory is written even if nothing happened.
    ///   - kept: the parts that are in the store already; unchanged parts are not encoded.
    package init(
        _ outcome: RoundOutcome, sightings: [Sighting], unless known: Int?, keepsState: Bool, beside kept: KeptMemory?
    ) {
        self.sightings = sightings
        hash = sightings.hashValue
        rows = hash == known ? nil : try? sightings.map(SightingRow.init)
        guard keepsState || outcome.isWorthKeeping else {
            marks = nil
            return
        }
        let marks = KeptMemory(outcome.state, epoch: kept?.epoch ?? 0)
        for part in WatchState.Part.allCases where kept?.parts[part] != marks.parts[part] {
            parts[part] = try? Store.body(of: part, outcome.state)
        }
        self.marks = marks
    }
}

extension RoundOutcome {
    /// Whether there are events or changes, which must not be lost, and with which memory is written.
    var isWorthKeeping: Bool { !events.isEmpty || !changes.isEmpty }
}

/// A sighting as a row.
struct SightingRow: Sendable {
    var source: String
    var name: String
    var type: Int
    /// The values as JSON.
    var data: String
    var ttl: Int64?

    init(_ sighting: Sighting) throws {
        source = sighting.source
        name = sighting.key.name.description
        type = Int(sighting.key.type.rawValue)
        data = try ValueList.json(sighting.values) ?? Store.encode(sighting.values)
        ttl = sighting.ttl.map(Int64.init)
    }
}
