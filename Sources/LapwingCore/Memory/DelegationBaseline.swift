package import DNSWire

/// The delegation as it was accepted, and what was seen to announce another one.
package struct DelegationBaseline: Sendable, Hashable, Codable {
    package struct Departure: Sendable, Hashable, Codable {
        package var names: [Name]
        package var since: Timestamp
        /// What the new servers were seen to serve, at most ``memberLimit`` members; nil in what earlier versions wrote.
        package var members: Set<Member>?

        package static let memberLimit = 256
    }

    /// Accepted servers and their addresses.
    package var hosts: [Name: [IPAddress]] = [:]
    package var glue: [Name: [IPAddress]] = [:]
    package var nsTTL: UInt32 = 0
    /// When each name was first listed in the apex NS set of an accepted server.
    package var announced: [Name: Timestamp] = [:]
    package var departure: Departure?
    /// When names left the delegation: caches use them for a while.
    package var retired: [Name: Timestamp] = [:]
    package var glueDiffersSince: [Name: Timestamp] = [:]
    /// Rounds in a row in which the parent gave no delegation: absent, failing or silent.
    package var absentPolls = 0
    package var failingPolls = 0
    package var failingSince: Timestamp?

    package init() {}

    package var names: Set<Name> { Set(hosts.keys) }
}
