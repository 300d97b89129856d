package import DNSWire

/// The compact result of a look from one place, stored by a worker of another vantage for the domain's judge.
///
/// It contains no judgement. It has no times and no serials, so that it stays the same while the domain does. Bounded
/// by ``Limit``: data that does not fit is left out and counts as unknown.
package struct PlaceSight: Sendable, Hashable, Codable {
    /// The form of the stored document; a document of another form is not read.
    package static let form = 1

    /// The limits of what is kept of one look.
    package enum Limit {
        /// Servers, each one address of a host.
        package static let servers = 32
        /// Watched RRsets.
        package static let sets = 64
        /// Different values of one RRset.
        package static let values = 8
        /// Records of one value.
        package static let members = 24
        /// Bytes of records in all.
        package static let bytes = 16_384
    }

    /// Whether a server answers for the zone.
    package enum Standing: String, Sendable, Hashable, Codable {
        case answers, silent, refuses
    }

    /// One authoritative server at one address.
    package struct Server: Sendable, Hashable, Codable {
        /// The name of the server, folded.
        package var host: Name
        /// The queried address.
        package var address: IPAddress
        /// Whether it answers for the zone.
        package var standing: Standing

        package init(host: Name, address: IPAddress, standing: Standing) {
            self.host = host
            self.address = address
            self.standing = standing
        }
    }

    /// One value of an RRset, with the servers and resolvers that give it.
    package struct Value: Sendable, Hashable, Codable {
        /// The raw value of a `SetValue.Kind`.
        package var kind: String
        /// The target of the first alias, folded.
        package var alias: Name?
        /// The records in canonical form, hexadecimal, sorted.
        package var members: [String]
        /// The servers that give it, as indices into ``PlaceSight/servers``.
        package var servers: [Int]
        /// The labels of the resolvers that give it.
        package var resolvers: [String]
        /// Whether the previous look saw it as well.
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

    /// One watched RRset.
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
    /// The servers to which the parent zone delegates, as seen from there.
    package var servers: [Server]
    /// The watched RRsets for which an answer was received.
    package var sets: [RecordSet]
    /// Whether no server answered in the previous look either; meaningless if a server answers.
    package var isSilenceConfirmed = false

    package init(servers: [Server], sets: [RecordSet]) {
        self.servers = servers
        self.sets = sets
    }

    /// Whether the domain is delegated and none of its servers answers.
    package var isUnserved: Bool { !servers.isEmpty && !servers.contains { $0.standing == .answers } }

    /// The number of servers that answer.
    package var answering: Int { servers.count { $0.standing == .answers } }
}
