package import DNSWire

/// The servers and names that earlier rounds learnt; it is kept in the store between rounds.
package struct DelegationMemory: Sendable, Hashable, Codable {
    /// A server that was authoritative recently.
    package struct Host: Sendable, Hashable, Codable {
        /// Its name, folded.
        package var name: Name
        /// Its addresses, at most eight.
        package var addresses: [IPAddress]
        /// When the delegation or the zone last listed it.
        package var lastListed: Timestamp
        /// The addresses of the last positive answer: glue of the parent, or the data of a look-up. Nil if there was
        /// none yet.
        package var answered: [IPAddress]?
        /// When that answer arrived; nil if there was none yet.
        package var answeredAt: Timestamp?

        package init(name: Name, addresses: [IPAddress], lastListed: Timestamp) {
            self.name = name
            self.addresses = addresses
            self.lastListed = lastListed
        }
    }

    /// The largest number of RRsets in ``steady``.
    package static let steadyLimit = 32
    /// Seconds for which the addresses of a host stay in use while its name cannot be looked up. No provider outage has
    /// lasted longer so far; a name that could not be looked up for a month has other addresses, or none.
    package static let keepsAddresses: Int64 = 30 * 86_400

    /// Servers that are still asked for a while after they left the delegation, and when the parent does not answer.
    package var hosts: [Host] = []
    /// Names outside the domain that it relies on: name servers, mail hosts, alias targets, SPF includes.
    package var dependencies: [Name] = []
    /// RRsets with one steady value: a resolver is asked for them several times a round, since it may have several
    /// caches. Nil before the first round, and in data of earlier versions.
    package var steady: [RecordSetKey]?

    package init() {}

    /// Whether a round asks the same questions by it as by another one.
    func asks(like other: DelegationMemory) -> Bool {
        dependencies == other.dependencies && steady == other.steady
            && hosts.map(\.name) == other.hosts.map(\.name) && hosts.map(\.addresses) == other.hosts.map(\.addresses)
            && hosts.map(\.answered) == other.hosts.map(\.answered)
    }

    /// Returns the addresses from the last successful look-up of a host; empty if it was too long ago, or if there was
    /// none.
    ///
    /// A failed look-up says nothing about the addresses: only another answer replaces them.
    package func addresses(of host: Name, at now: Timestamp) -> [IPAddress] {
        guard let known = hosts.first(where: { $0.name == host }) else { return [] }
        let last = known.answeredAt ?? known.lastListed
        return now.seconds(since: last) <= Self.keepsAddresses ? known.answered ?? known.addresses : []
    }
}
