package import DNSWire
package import LapwingCore

/// The times to live of a domain's RRsets, as small as they can be: there may be a million domains.
package struct TimesToLive: Sendable {
    /// Stands for an RRset that there is not; a time to live has 31 bits (RFC 2181 section 8).
    private static let none = UInt32.max

    /// The RRsets under watch: the watch's own list, which is shared.
    private var sets: [RecordSetKey] = []
    /// One for each of them.
    private var seconds: [UInt32] = []
    /// RRsets besides: few domains have any.
    private var others: [RecordSetKey: UInt32] = [:]

    package init() {}

    /// The least that any of a round's authorities gave, by RRset.
    init(_ lowest: [RecordSetKey: UInt32], sets: [RecordSetKey]) {
        guard !lowest.isEmpty else { return }
        self.sets = sets
        seconds = sets.map { lowest[$0] ?? Self.none }
        let watched = Set(sets)
        others = lowest.filter { !watched.contains($0.key) }
    }

    /// Seconds, by RRset.
    package var all: [RecordSetKey: UInt32] {
        var all = others
        for (key, seconds) in zip(sets, seconds) where seconds != Self.none { all[key] = seconds }
        return all
    }
}
