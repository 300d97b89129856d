internal import DNSWire

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
