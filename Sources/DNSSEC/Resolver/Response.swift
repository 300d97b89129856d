internal import DNSWire

/// What a server's message amounts to for one question to one zone (RFC 1034 section 5.3.3, RFC 2308 section 2).
enum Reading: Sendable {
    /// An answer of the zone: data, an alias, or a denial.
    case response(Response)
    /// An answer, but of a server that asks others instead of serving the zone: better than none.
    case borrowed(Response)
    /// The name lies in a zone below.
    case referral(Delegation)
    /// The server does not serve the zone, or fails.
    case useless(String)
    /// The server does not understand EDNS; it may do better without.
    case withoutEDNS
}

/// An answer, in order and freed of all that does not belong to it.
struct Response: Sendable {
    /// One step of the answer: an alias on the way, or the data asked for.
    struct Step: Sendable {
        /// The name that this step answers for.
        var name: Name
        /// The data; for an alias by DNAME the DNAME set and then the CNAME that follows from it.
        var sets: [SignedSet]
        /// Where the alias leads; nothing for the data asked for.
        var target: Name?

        /// Whether the data follows from a DNAME, the first set, which alone needs a signature.
        var isSynthesised = false

        /// The sets that the zone has to vouch for.
        var signedSets: ArraySlice<SignedSet> { isSynthesised ? sets.prefix(1) : sets[...] }
    }

    let server: IPAddress
    /// The zone that the server was asked as a server of.
    let zone: Name
    let responseCode: ResponseCode
    let steps: [Step]
    var authority: [SignedSet]
    /// The zone's servers as the zone itself names them, where the message shows them.
    var ownServers: [NameServer] = []
    /// For how many seconds these, with their addresses, may be relied on.
    var ownServersLife: UInt32 = 0

    /// The name that is still to be asked for.
    var openTarget: Name? { steps.last?.target }

    /// For how many seconds a denial may be relied on, by the SOA beside it (RFC 2308 section 5); nothing when there is none.
    var denialLife: UInt32? {
        guard let set = authority.first(where: { $0.type == .soa })?.records,
            let fields = set.data.first.flatMap({ SOA($0) })
        else { return nil }
        return min(set.ttl, fields.minimum)
    }

    /// The denial records of the authority section.
    var denials: [SignedSet] { authority.filter { $0.type == .nsec || $0.type == .nsec3 } }
}

/// A zone cut, as the zone above shows it.
struct Delegation: Hashable, Sendable {
    let zone: Name
    let servers: [NameServer]
    /// Addresses that came along for servers elsewhere: good for nothing but to reach this zone when all else fails.
    ///
    /// Who delegates a zone can send its askers anywhere in any case.
    var spareAddresses: [IPAddress] = []
    /// The DS set, or the denial of one, that came with the referral.
    let security: [SignedSet]
    /// Who said so.
    let source: IPAddress?
    /// When it must be asked for again, in seconds since 1970.
    let expires: Int64

    /// The same, with the addresses that another referral to it knows for servers without any.
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

    /// About how many bytes of memory it holds on to.
    var size: Int {
        security.reduce(256 + 32 * spareAddresses.count) { $0 + $1.size }
            + servers.reduce(0) { $0 + 128 + 32 * $1.addresses.count }
    }
}
