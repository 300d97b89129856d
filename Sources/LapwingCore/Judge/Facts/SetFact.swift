import DNSWire

/// One watched RRset in one round: what each server says.
package struct SetFact: Sendable {
    package struct Sight: Sendable {
        package var server: ServerFact
        package var value: SetValue
        package var ttl: UInt32?
    }

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

    package var ttl: UInt32? { own.compactMap(\.ttl).min() }
    package var members: Set<Member> { Set(own.flatMap(\.value.members)) }
    package var isPresent: Bool { own.contains { $0.value.isPresent } }
}
