package import DNSWire

/// The delegation as it was accepted, and what was seen to announce another one.
package struct DelegationBaseline: Sendable, Hashable, Codable {
    /// Another delegation than the accepted one, that waits for a verdict.
    package struct Departure: Sendable, Hashable, Codable {
        /// The name servers that it lists.
        package var names: [Name]
        /// When it was first seen.
        package var since: Timestamp
        /// What the new servers were seen to serve, at most ``memberLimit`` members; nil in what earlier versions wrote.
        package var members: Set<Member>?

        /// Members kept of what new servers serve.
        package static let memberLimit = 256
    }

    /// Accepted servers and their addresses.
    package var hosts: [Name: [IPAddress]] = [:]
    /// Glue of accepted servers, as the parent gave it.
    package var glue: [Name: [IPAddress]] = [:]
    /// The TTL of the NS RRset at the parent, in seconds.
    package var nsTTL: UInt32 = 0
    /// When each name was first listed in the apex NS set of an accepted server.
    package var announced: [Name: Timestamp] = [:]
    /// A delegation that is not accepted yet; nil while the parent has the accepted one.
    package var departure: Departure?
    /// When names left the delegation: caches use them for a while.
    package var retired: [Name: Timestamp] = [:]
    /// Since when the glue of a server is not what the zone says.
    package var glueDiffersSince: [Name: Timestamp] = [:]
    /// Regular rounds in a row in which the parent said that there is no delegation.
    package var absentPolls = 0
    /// Regular rounds in a row in which the parent failed or was silent. No rule reads it; earlier versions do not read a
    /// memory without it.
    package var failingPolls = 0

    package init() {}

    /// Names of the accepted servers.
    package var names: Set<Name> { Set(hosts.keys) }
}
