package import DNSWire

/// The servers of the domain that give the whole zone to anyone who asks.
package struct TransferMemory: Sendable, Hashable, Codable {
    /// Seconds between two such checks.
    package static let every: Int64 = 86_400

    /// When the servers were last asked.
    package var askedAt: Timestamp
    /// Servers that gave the zone when they last answered.
    package var open: [IPAddress]

    package init(askedAt: Timestamp, open: [IPAddress] = []) {
        self.askedAt = askedAt
        self.open = open
    }

    /// Returns the servers that give the zone after a round's observations; a server without an answer keeps its state.
    static func open(before: [IPAddress], _ seen: [IPAddress: Bool]) -> [IPAddress] {
        Set(before.filter { seen[$0] ?? true } + seen.filter(\.value).map(\.key)).sorted()
    }
}

extension Learner {
    /// Remembers the servers that give the zone to anyone.
    mutating func learnTransfers() {
        guard let seen = picture.snapshot.givesZone else { return }
        state.transfers = TransferMemory(
            askedAt: now, open: TransferMemory.open(before: state.transfers?.open ?? [], seen))
    }
}
