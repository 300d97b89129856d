import DNSWire
package import LapwingCore

/// The TTLs of a domain's RRsets in compact form, since there may be a million domains.
package struct TimesToLive: Sendable {
    /// Marks an RRset that does not exist; a TTL has 31 bits (RFC 2181 section 8).
    private static let none = UInt32.max

    /// The watched RRsets: the watch's own list, with shared storage.
    private var sets: [RecordSetKey] = []
    /// One TTL for each of them.
    private var seconds: [UInt32] = []
    /// Further RRsets, which few domains have.
    private var others: [(key: RecordSetKey, seconds: UInt32)] = []

    package init() {}

    /// Stores the lowest TTL from any authoritative server of a round for each RRset.
    init(_ lowest: [RecordSetKey: UInt32], sets: [RecordSetKey]) {
        guard !lowest.isEmpty else { return }
        self.sets = sets
        seconds = sets.map { lowest[$0] ?? Self.none }
        let watched = Set(sets)
        others = lowest.compactMap { watched.contains($0.key) ? nil : ($0.key, $0.value) }
    }

    /// TTLs in seconds by RRset.
    package var all: [RecordSetKey: UInt32] {
        var all = Dictionary(others.map { ($0.key, $0.seconds) }, uniquingKeysWith: { first, _ in first })
        for (key, seconds) in zip(sets, seconds) where seconds != Self.none { all[key] = seconds }
        return all
    }
}
