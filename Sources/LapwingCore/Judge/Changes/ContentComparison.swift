package import DNSWire

/// The zone as unaccepted servers serve it, compared with the zone as it is known.
package struct ContentComparison: Sendable {
    /// One RRset that these servers serve differently.
    package struct Difference: Sendable {
        /// The RRset.
        package var key: RecordSetKey
        /// The value at the accepted servers, or the learnt one if none of them answers.
        package var known: SetValue
        /// The value at the servers that were not accepted.
        package var strange: SetValue
    }

    /// RRsets that these servers serve as known.
    package var equal: [RecordSetKey] = []
    /// RRsets that they serve differently.
    package var different: [Difference] = []
    /// Names that do not exist in the zone and resolve at these servers.
    package var invented: [RecordSetKey] = []
    /// The lowest TTL of the data they serve, in seconds; nil if they serve no data.
    package var ttl: UInt32?

    package init(_ picture: Picture, host: Name? = nil) {
        for fact in picture.sets where !Self.belongsToDelegation(fact.key, picture.domain) {
            let sights = fact.strange.filter { host == nil || $0.server.host == host }
            guard !sights.isEmpty else { continue }
            let memory = picture.memory(fact.key)
            guard let known = fact.own.first?.value ?? memory?.current else { continue }
            for sight in sights {
                if let ttl = sight.ttl, sight.value.isPresent { self.ttl = min(self.ttl ?? ttl, ttl) }
            }
            let foreign = sights.first { !Self.isKnown($0.value, fact, memory, picture.now) }
            if let foreign {
                if !known.isPresent, foreign.value.kind == .data { invented.append(fact.key) }
                different.append(Difference(key: fact.key, known: known, strange: foreign.value))
            } else {
                equal.append(fact.key)
            }
        }
        if case .second(let look) = picture.snapshot.look {
            for server in picture.unacceptedServers where host == nil || server.host == host {
                for key in look.authorityQuestions where server.view.answers[key]?.outcome == .data {
                    // A zone with a wildcard has always answered like this.
                    let isOfOld = picture.servers.contains { $0.isOwn && $0.view.answers[key]?.outcome == .data }
                    if !isOfOld, !invented.contains(key) { invented.append(key) }
                }
            }
        }
    }

    /// Whether nothing was compared: no unaccepted server gave an answer about a watched RRset.
    package var isEmpty: Bool { equal.isEmpty && different.isEmpty }

    /// Returns the differences that matter: in addresses, aliases, mail servers and sensitive RRsets, and missing TXT
    /// records.
    package func grave(_ sensitive: Set<RecordSetKey>) -> [Difference] {
        different.filter { difference in
            switch difference.key.type {
            case .a, .aaaa, .cname, .mx: difference.known.isPresent
            case .txt: difference.known.isPresent && !difference.strange.isPresent
            default: sensitive.contains(difference.key)
            }
        }
    }

    private static func belongsToDelegation(_ key: RecordSetKey, _ domain: Name) -> Bool {
        key.name == domain && (key.type == .ns || key.type == .soa || key.type == .ds || key.type == .dnskey)
    }

    private static func isKnown(_ value: SetValue, _ fact: SetFact, _ memory: SetMemory?, _ now: Timestamp) -> Bool {
        if fact.own.contains(where: { $0.value == value }) { return true }
        guard let memory else { return false }
        if memory.knows(value, at: now) { return true }
        // For a name whose answers vary, one known member is enough.
        guard value.kind == .data, !memory.isStable, !value.members.isEmpty else { return false }
        return memory.unseenMembers(in: value, at: now).count < value.members.count
    }
}
