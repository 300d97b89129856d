import DNSWire

/// One watched RRset in one round, with the value that each server gives.
package struct SetFact: Sendable {
    /// The value that one server gives.
    package struct Sight: Sendable {
        /// The server.
        package var server: ServerFact
        /// Its value, without variations that have no meaning.
        package var value: SetValue
        /// The TTL of the first record of the answer, in seconds; nil if the answer has none.
        package var ttl: UInt32?
    }

    /// The RRset.
    package var key: RecordSetKey
    /// The values of accepted servers with a conclusive answer.
    package var own: [Sight] = []
    /// The values of servers that are listed but not accepted.
    package var strange: [Sight] = []

    /// The value on which all accepted servers with a conclusive answer agree; nil if they do not.
    package var agreed: SetValue? {
        guard let first = own.first?.value, own.allSatisfy({ $0.value == first }) else { return nil }
        return first
    }

    /// The lowest TTL among accepted servers, in seconds; nil if none of them serves records.
    package var ttl: UInt32? { own.compactMap(\.ttl).min() }
    /// Records that any accepted server serves.
    package var members: Set<Member> { Set(own.flatMap(\.value.members)) }
    /// Whether any accepted server serves data, or an alias that leads out of the zone.
    package var isPresent: Bool { own.contains { $0.value.isPresent } }
}
