package import DNSWire

/// What earlier rounds learnt about where to ask; it comes back round through the store.
package struct DelegationMemory: Sendable, Hashable, Codable {
    /// A server that was authoritative recently.
    package struct Host: Sendable, Hashable, Codable {
        /// Its name, folded.
        package var name: Name
        /// Addresses at which it is asked, at most eight.
        package var addresses: [IPAddress]
        /// When the delegation or the zone last listed it.
        package var lastListed: Timestamp
        /// The addresses of the last positive answer: glue of the parent, or a look-up that had data. Nil before there was
        /// one.
        package var answered: [IPAddress]?
        /// When that answer came.
        package var answeredAt: Timestamp?

        package init(name: Name, addresses: [IPAddress], lastListed: Timestamp) {
            self.name = name
            self.addresses = addresses
            self.lastListed = lastListed
        }
    }

    /// RRsets kept in ``steady``.
    package static let steadyLimit = 32
    /// Seconds for which the addresses of a host stay in use while its name cannot be looked up. No outage of a provider
    /// lasted longer so far; a name that nobody could look up for a month has other addresses, or none.
    package static let keepsAddresses: Int64 = 30 * 86_400

    /// Servers to go on asking for a while after they left the delegation, and when the parent is silent.
    package var hosts: [Host] = []
    /// Names outside the domain that it relies on: name servers, mail hosts, alias targets, SPF includes.
    package var dependencies: [Name] = []
    /// RRsets with one steady value: a resolver is asked for them several times a round, for it may have several caches.
    package var steady: [RecordSetKey]?

    package init() {}

    /// Where a host was when its name could be looked up last; empty when that is too long ago, or never was.
    ///
    /// A look-up that fails says nothing about the addresses: only another answer replaces them.
    package func addresses(of host: Name, at now: Timestamp) -> [IPAddress] {
        guard let known = hosts.first(where: { $0.name == host }) else { return [] }
        let last = known.answeredAt ?? known.lastListed
        return now.seconds(since: last) <= Self.keepsAddresses ? known.answered ?? known.addresses : []
    }
}

/// The zone above the domain and the addresses of its servers.
package struct ParentZone: Sendable, Hashable {
    /// The apex of the zone.
    package var name: Name
    /// In the order in which they are to be asked.
    package var servers: [IPAddress]

    package init(name: Name, servers: [IPAddress]) {
        self.name = name
        self.servers = servers
    }
}

/// Where a host name was found to live.
package struct HostLocation: Sendable, Hashable {
    /// After a look-up that failed: the glue of the zone above, or what was known before, if anything.
    package var addresses: [IPAddress]
    /// How the look-up ended: `.data` with addresses of a positive answer, `.noData` or `.nxDomain` when there is none,
    /// anything else when it failed.
    package var outcome: Answer.Outcome

    /// Whether it rests on an answer, be it that there is no address.
    package var isAnswered: Bool {
        switch outcome {
        case .data, .noData, .nxDomain: true
        default: false
        }
    }

    package init(addresses: [IPAddress], outcome: Answer.Outcome) {
        self.addresses = addresses
        self.outcome = outcome
    }
}
