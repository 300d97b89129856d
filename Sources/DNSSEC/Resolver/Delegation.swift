internal import DNSWire

/// A zone cut in the parent zone's view.
struct Delegation: Hashable, Sendable {
    let zone: Name
    let servers: [NameServer]
    /// Out-of-bailiwick addresses in the referral, used only to reach this zone if everything else fails.
    ///
    /// This is no additional risk, since the parent zone can redirect its clients anyway.
    var spareAddresses: [IPAddress] = []
    /// The DS RRset in the referral, or its denial.
    let security: [SignedSet]
    /// The server that sent the referral.
    let source: IPAddress?
    /// When it must be queried again, in seconds since 1970.
    let expires: Int64

    /// Returns the delegation, completed with addresses from another referral for servers without any.
    func completed(by other: Delegation) -> Delegation {
        let completed = servers.map { server in
            guard server.addresses.isEmpty, let found = other.servers.first(where: { $0.name == server.name }) else {
                return server
            }
            return found
        }
        guard completed != servers else { return self }
        return Delegation(
            zone: zone, servers: completed, spareAddresses: spareAddresses, security: security, source: source,
            expires: min(expires, other.expires))
    }

    /// The approximate memory use in bytes.
    var size: Int {
        security.reduce(256 + 32 * spareAddresses.count) { $0 + $1.size }
            + servers.reduce(0) { $0 + 128 + 32 * $1.addresses.count }
    }
}
