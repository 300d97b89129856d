package import DNSWire

/// What earlier rounds learnt about where to ask; it comes back round through the store.
package struct DelegationMemory: Sendable, Hashable, Codable {
    /// A server that was authoritative lately.
    package struct Host: Sendable, Hashable, Codable {
        package var name: Name
        package var addresses: [IPAddress]
        package var lastListed: Timestamp

        package init(name: Name, addresses: [IPAddress], lastListed: Timestamp) {
            self.name = name
            self.addresses = addresses
            self.lastListed = lastListed
        }
    }

    package static let steadyLimit = 32

    /// Servers to go on asking for a while after they left the delegation, and when the parent is silent.
    package var hosts: [Host] = []
    /// Names outside the domain that it relies on: name servers, mail hosts, alias targets, SPF includes.
    package var dependencies: [Name] = []
    /// RRsets with one steady value: a resolver is asked for them several times a round, for it may have several caches.
    package var steady: [RecordSetKey]?

    package init() {}
}

/// The zone above the domain and the addresses of its servers.
package struct ParentZone: Sendable, Hashable {
    package var name: Name
    package var servers: [IPAddress]

    package init(name: Name, servers: [IPAddress]) {
        self.name = name
        self.servers = servers
    }
}

/// Where a host name was found to live.
package struct Location: Sendable, Hashable {
    package var addresses: [IPAddress]
    /// How the look-up ended when there are no addresses.
    package var outcome: Answer.Outcome

    package init(addresses: [IPAddress], outcome: Answer.Outcome) {
        self.addresses = addresses
        self.outcome = outcome
    }
}
