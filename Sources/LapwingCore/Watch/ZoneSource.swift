package import DNSWire

/// The servers from which a whole zone is fetched, record by record (RFC 5936, RFC 1995).
package struct ZoneSource: Sendable, Hashable {
    /// The default limit of records in a zone, including signatures.
    package static let standardLimit = 500_000
    /// The range of the configured limit.
    package static let limits = 100...10_000_000
    /// The largest number of configured servers.
    package static let mostServers = 8

    /// The servers in the order in which they are asked; the zone is fetched from the first that has it.
    package var servers: [ServerAddress]
    /// The name of the key that signs the questions; nil for none.
    package var key: Name?
    /// A zone with more records than this is rejected.
    package var mostRecords = ZoneSource.standardLimit

    package init(servers: [ServerAddress], key: Name? = nil) {
        self.servers = servers
        self.key = key
    }
}

/// A secret shared with servers, for signing messages (RFC 8945).
package struct SharedKey: Sendable, Hashable {
    /// The algorithm of the authentication codes (RFC 8945 §6).
    package enum Algorithm: String, Sendable, Hashable, CaseIterable {
        case sha1 = "hmac-sha1"
        case sha256 = "hmac-sha256"
        case sha384 = "hmac-sha384"
        case sha512 = "hmac-sha512"
    }

    /// The name by which both sides know it.
    package var name: Name
    /// The algorithm that both sides use with it.
    package var algorithm: Algorithm
    /// The bytes of the secret, at least 8 in a valid configuration.
    package var secret: [UInt8]

    package init(name: Name, algorithm: Algorithm, secret: [UInt8]) {
        self.name = name
        self.algorithm = algorithm
        self.secret = secret
    }
}

extension Settings {
    /// The listener for servers' notifications that a zone has changed (RFC 1996).
    package struct Notifications: Sendable, Hashable {
        /// The address, for UDP and TCP.
        package var listen: Listener
        /// The addresses from which notifications are accepted.
        package var allow: [AddressBlock]
        /// The name of the key that must sign the messages; nil for none.
        package var key: Name?

        package init(listen: Listener, allow: [AddressBlock], key: Name? = nil) {
            self.listen = listen
            self.allow = allow
            self.key = key
        }
    }
}
