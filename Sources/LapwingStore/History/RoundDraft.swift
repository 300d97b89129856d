import DNSWire
import Foundation
package import LapwingCore

/// What the store writes of a round, made ready on whatever thread has time: to encode it takes longer than to write it.
package struct RoundDraft: Sendable {
    /// What each source served.
    package let sightings: [Sighting]
    /// Hash of that, which means something in this process only.
    package let hash: Int
    /// The same as rows; nil where they were not wanted or cannot be encoded, which is found again when they are written.
    let rows: [SightingRow]?
    /// Parts of memory as they are kept, as far as they are to be written.
    private(set) var parts: [WatchState.Part: Data] = [:]
    /// What the store has when they are written, but for the epoch; nil where memory is not to be kept.
    let marks: KeptMemory?

    /// - Parameters:
    ///   - sightings: what the round saw.
    ///   - known: the hash of what the sources served before; sightings with this hash are not written.
    ///   - keepsState: whether memory is kept even if nothing happened.
    ///   - kept: what of it is in the store already; parts that are there as they are need not be encoded.
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
    /// Whether something happened that must not be lost, and memory with it.
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
