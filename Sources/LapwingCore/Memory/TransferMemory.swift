package import DNSWire

/// Which of the domain's servers give the whole zone to anybody who asks.
package struct TransferMemory: Sendable, Hashable, Codable {
    /// Seconds from one asking to the next.
    package static let every: Int64 = 86_400

    /// When they were last asked.
    package var askedAt: Timestamp
    /// Those that gave it when they last said anything.
    package var open: [IPAddress]

    package init(askedAt: Timestamp, open: [IPAddress] = []) {
        self.askedAt = askedAt
        self.open = open
    }

    /// The servers that give it after what a round saw; one that said nothing stays what it was.
    static func open(before: [IPAddress], _ seen: [IPAddress: Bool]) -> [IPAddress] {
        Set(before.filter { seen[$0] ?? true } + seen.filter(\.value).map(\.key)).sorted()
    }
}

extension Learner {
    /// Keeps in mind which servers give the zone to anybody.
    mutating func learnTransfers() {
        guard let seen = picture.snapshot.givesZone else { return }
        state.transfers = TransferMemory(
            askedAt: now, open: TransferMemory.open(before: state.transfers?.open ?? [], seen))
    }
}
