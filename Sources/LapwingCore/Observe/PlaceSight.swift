package import DNSWire

/// What one place gets of a domain, made small: what a worker of another vantage leaves for whoever judges the domain.
///
/// Nothing in it is judged. It has no times and no serials, so that it stays the same while the domain does. Bounded by
/// ``Limit``: what does not fit is left out, and is unknown then.
package struct PlaceSight: Sendable, Hashable, Codable {
    /// The form of the stored document; one of another form is not read.
    package static let form = 1

    /// How much of one look is kept.
    package enum Limit {
        /// Servers, each an address of a host.
        package static let servers = 32
        /// Watched sets.
        package static let sets = 64
        /// Different values of one set.
        package static let values = 8
        /// Records of one value.
        package static let members = 24
        /// Bytes of records in all.
        package static let bytes = 16_384
    }

    /// Whether a server does its work for the zone.
    package enum Standing: String, Sendable, Hashable, Codable {
        case answers, silent, refuses
    }

    /// One authoritative server at one address.
    package struct Server: Sendable, Hashable, Codable {
        /// The name of the server, folded.
        package var host: Name
        /// The address that was asked.
        package var address: IPAddress
        /// Whether it answers for the zone.
        package var standing: Standing

        package init(host: Name, address: IPAddress, standing: Standing) {
            self.host = host
            self.address = address
            self.standing = standing
        }
    }

    /// One value of a set, and who gives it there.
    package struct Value: Sendable, Hashable, Codable {
        /// What is said of the name and type, in the words of a stored value.
        package var kind: String
        /// Where the first alias points, folded.
        package var alias: Name?
        /// The records in canonical form, hexadecimal, sorted.
        package var members: [String]
        /// Servers that give it, by their place in ``PlaceSight/servers``.
        package var servers: [Int]
        /// Resolvers that give it, by their labels.
        package var resolvers: [String]
        /// Whether the look before saw it as well.
        package var isConfirmed: Bool

        package init(
            kind: String, alias: Name?, members: [String], servers: [Int] = [], resolvers: [String] = [],
            isConfirmed: Bool = false
        ) {
            self.kind = kind
            self.alias = alias
            self.members = members
            self.servers = servers
            self.resolvers = resolvers
            self.isConfirmed = isConfirmed
        }
    }

    /// One watched set.
    package struct RecordSet: Sendable, Hashable, Codable {
        /// Its name and type.
        package var key: RecordSetKey
        /// The different values that were received, in a fixed order.
        package var values: [Value]

        package init(_ key: RecordSetKey, values: [Value]) {
            self.key = key
            self.values = values
        }
    }

    /// The form of this document.
    package var form = PlaceSight.form
    /// The servers to which the zone above delegates, as it is seen there.
    package var servers: [Server]
    /// The watched sets of which anybody said something.
    package var sets: [RecordSet]
    /// Whether the look before had no answer of any server either; says nothing where one answers.
    package var isSilenceConfirmed = false

    package init(servers: [Server], sets: [RecordSet]) {
        self.servers = servers
        self.sets = sets
    }

    /// Whether the domain is delegated to servers of which none answers.
    package var isUnserved: Bool { !servers.isEmpty && !servers.contains { $0.standing == .answers } }

    /// Servers that answer, by their number.
    package var answering: Int { servers.count { $0.standing == .answers } }
}
