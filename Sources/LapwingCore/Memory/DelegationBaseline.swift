package import DNSWire

/// The accepted delegation, and the observations that announce another one.
package struct DelegationBaseline: Sendable, Hashable, Codable {
    /// A delegation that differs from the accepted one and waits for a verdict.
    package struct Departure: Sendable, Hashable, Codable {
        /// The name servers that it lists.
        package var names: [Name]
        /// When it was first seen.
        package var since: Timestamp
        /// The members that the new servers served, at most ``memberLimit``; nil in data of earlier versions.
        package var members: Set<Member>?

        /// The largest number of members that are kept.
        package static let memberLimit = 256
    }

    /// Accepted servers and their addresses.
    package var hosts: [Name: [IPAddress]] = [:]
    /// Unused and always empty; a memory without it cannot be read.
    package var glue: [Name: [IPAddress]] = [:]
    /// The TTL of the NS RRset at the parent, in seconds.
    package var nsTTL: UInt32 = 0
    /// When each name was first listed in the apex NS set of an accepted server.
    package var announced: [Name: Timestamp] = [:]
    /// A delegation that is not accepted yet; nil while the parent serves the accepted one.
    package var departure: Departure?
    /// When names left the delegation; caches use them for a while.
    package var retired: [Name: Timestamp] = [:]
    /// Since when the glue of a server differs from the zone's addresses.
    package var glueDiffersSince: [Name: Timestamp] = [:]
    /// The number of consecutive regular rounds in which the parent denied the delegation.
    package var absentPolls = 0
    /// The number of consecutive regular rounds in which the parent failed or did not answer. No rule reads it, but
    /// earlier versions cannot read a memory without it.
    package var failingPolls = 0

    package init() {}

    /// Names of the accepted servers.
    package var names: Set<Name> { Set(hosts.keys) }
}
