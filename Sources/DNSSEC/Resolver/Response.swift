internal import DNSWire

/// The meaning of a server's message for one question to one zone (RFC 1034 section 5.3.3, RFC 2308 section 2).
enum Reading: Sendable {
    /// An answer of the zone: data, an alias, or a denial.
    case response(Response)
    /// An answer from a server that resolves recursively instead of serving the zone: better than none.
    case borrowed(Response)
    /// The name is in a child zone.
    case referral(Delegation)
    /// The server does not serve the zone, or fails.
    case useless(String)
    /// The server does not support EDNS, and may answer without it.
    case withoutEDNS
}

/// An answer in order, without unrelated data.
struct Response: Sendable {
    /// One step of the answer: an alias, or the requested data.
    struct Step: Sendable {
        /// The name of this step.
        var name: Name
        /// The data; for a DNAME the DNAME RRset followed by the synthesised CNAME.
        var sets: [SignedSet]
        /// The target of the alias; nil for the requested data.
        var target: Name?

        /// Whether the data is synthesised from a DNAME, the first RRset, which alone needs a signature.
        var isSynthesised = false

        /// The RRsets that the zone must have signed.
        var signedSets: ArraySlice<SignedSet> { isSynthesised ? sets.prefix(1) : sets[...] }
    }

    let server: IPAddress
    /// The zone for which the server was queried.
    let zone: Name
    let responseCode: ResponseCode
    let steps: [Step]
    var authority: [SignedSet]
    /// The servers in the zone's own NS RRset, if the message contains it.
    var ownServers: [NameServer] = []
    /// For how many seconds these and their addresses may be used.
    var ownServersLife: UInt32 = 0

    /// The name that is still to be resolved.
    var openTarget: Name? { steps.last?.target }

    /// For how many seconds a denial may be cached, according to its SOA (RFC 2308 section 5); nil without an SOA.
    var denialLife: UInt32? {
        guard let set = authority.first(where: { $0.type == .soa })?.records,
            let fields = set.data.first.flatMap({ SOA($0) })
        else { return nil }
        return min(set.ttl, fields.minimum)
    }

    /// The denial records of the authority section.
    var denials: [SignedSet] { authority.filter { $0.type == .nsec || $0.type == .nsec3 } }
}

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
