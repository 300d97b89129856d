import DNSWire

/// One watched RRset in one round: what each server says.
package struct SetFact: Sendable {
    /// What one server says of the RRset.
    package struct Sight: Sendable {
        /// The server.
        package var server: ServerFact
        /// What it says, without what changes without meaning.
        package var value: SetValue
        /// Of the first record of the answer, in seconds; nil where the answer has none.
        package var ttl: UInt32?
    }

    /// Which RRset.
    package var key: RecordSetKey
    /// Accepted servers that settled it.
    package var own: [Sight] = []
    /// Servers that are listed but not accepted.
    package var strange: [Sight] = []

    /// The value when all accepted servers that settled it agree.
    package var agreed: SetValue? {
        guard let first = own.first?.value, own.allSatisfy({ $0.value == first }) else { return nil }
        return first
    }

    /// The lowest TTL among accepted servers, in seconds.
    package var ttl: UInt32? { own.compactMap(\.ttl).min() }
    /// Records that any accepted server serves.
    package var members: Set<Member> { Set(own.flatMap(\.value.members)) }
    /// Whether any accepted server serves data, or an alias that leads out of the zone.
    package var isPresent: Bool { own.contains { $0.value.isPresent } }
}
