package import DNSWire

/// Where the whole of a zone is fetched from, record by record (RFC 5936, RFC 1995).
package struct ZoneSource: Sendable, Hashable {
    /// Records of a zone, signatures included, where nothing is said.
    package static let standardLimit = 500_000
    /// What may be said instead.
    package static let limits = 100...10_000_000
    /// Servers that may be named.
    package static let mostServers = 8

    /// In the order in which they are asked; the first that has the zone is the one it is fetched from.
    package var servers: [ServerAddress]
    /// The name of the key with which questions are signed; nil for none.
    package var key: Name?
    /// A zone with more records than this is not taken.
    package var mostRecords = ZoneSource.standardLimit

    package init(servers: [ServerAddress], key: Name? = nil) {
        self.servers = servers
        self.key = key
    }
}

/// A secret shared with servers, to sign messages with (RFC 8945).
package struct SharedKey: Sendable, Hashable {
    /// How codes are computed (RFC 8945 §6).
    package enum Algorithm: String, Sendable, Hashable, CaseIterable {
        case sha1 = "hmac-sha1"
        case sha256 = "hmac-sha256"
        case sha384 = "hmac-sha384"
        case sha512 = "hmac-sha512"
    }

    /// The name that both sides know it by.
    package var name: Name
    package var algorithm: Algorithm
    package var secret: [UInt8]

    package init(name: Name, algorithm: Algorithm, secret: [UInt8]) {
        self.name = name
        self.algorithm = algorithm
        self.secret = secret
    }
}

extension Settings {
    /// Where servers may say that a zone has changed (RFC 1996).
    package struct Notifications: Sendable, Hashable {
        /// UDP and TCP.
        package var listen: Listener
        /// Who may say so.
        package var allow: [AddressBlock]
        /// The key that their messages must be signed with; nil for none.
        package var key: Name?

        package init(listen: Listener, allow: [AddressBlock], key: Name? = nil) {
            self.listen = listen
            self.allow = allow
            self.key = key
        }
    }
}
