public import DNSWire

/// A delegation that does not exist, or not yet: the parent zone's hypothetical view of a zone.
///
/// It modifies the present answers of the servers above, so that a resolver continues as if the delegation existed.
/// Servers that do not answer at present do not answer then either.
public struct SupposedDelegation: Hashable, Sendable {
    /// The delegated zone.
    public var zone: Name
    /// The name servers, each with the given addresses; nil for the present ones.
    public var servers: [NameServer]?
    /// The DS RRset, empty for none; nil for the present one. It counts as signed by the parent zone.
    public var digests: [DS]?

    /// The TTL of a supposed RRset in seconds, if the present answer has none.
    static let life: UInt32 = 3600

    /// Makes a delegation that differs from the present one in the given parts.
    public init(zone: Name, servers: [NameServer]? = nil, digests: [DS]? = nil) {
        self.zone = zone
        self.servers = servers
        self.digests = digests
    }

    /// Returns the given addresses of a name server; nil if there are none.
    public func addresses(of server: Name) -> [IPAddress]? {
        let given = servers?.first { $0.name == server }?.addresses ?? []
        return given.isEmpty ? nil : given
    }

    /// Returns the hypothetical answer of a server of an enclosing zone, based on its present answer.
    ///
    /// - Parameter above: the zone for which the server was queried.
    public func reply(_ today: Message, to name: Name, _ type: RecordType, above: Name) -> Message {
        guard zone != above, zone.isSubdomain(of: above), name.isSubdomain(of: zone),
            [.noError, .nxDomain].contains(today.responseCode), !today.flags.contains(.truncated),
            !leadsElsewhere(today)
        else { return today }
        if type == .ds, name == zone { return digestReply(today) }
        let referred = today.authorities.filter { $0.type == .ns && $0.name == zone }
        let isReferral = today.answers.isEmpty && !referred.isEmpty && !today.authorities.contains { $0.type == .soa }
        guard servers != nil || isReferral else { return today }
        var reply = today
        reply.responseCode = .noError
        reply.flags.remove(.authoritative)
        reply.answers = []
        if let servers {
            let life = referred.map(\.ttl).min() ?? Self.life
            reply.authorities = servers.map {
                Record(name: zone, ttl: life, data: NameTarget(type: .ns, target: $0.name).data)
            }
            reply.additionals = servers.filter { $0.name.isSubdomain(of: above) }.flatMap { server in
                server.addresses.map { Record(name: server.name, ttl: life, data: Address(address: $0).data) }
            }
        } else {
            reply.authorities = referred
        }
        reply.authorities += security(of: today, isReferral)
        return reply
    }

    /// Whether the message refers to a zone in between or above, or is not an authoritative answer: then this server
    /// does not delegate the zone.
    private func leadsElsewhere(_ message: Message) -> Bool {
        guard !message.flags.contains(.authoritative) else { return false }
        if message.flags.contains(.recursionAvailable), !message.answers.isEmpty { return true }
        guard let cut = message.authorities.first(where: { $0.type == .ns }) else { return false }
        return !cut.name.isSubdomain(of: zone)
    }

    private func digestReply(_ today: Message) -> Message {
        guard let digests else { return today }
        var reply = today
        reply.responseCode = .noError
        reply.flags.insert(.authoritative)
        let life = today.answers.filter { $0.type == .ds }.map(\.ttl).min() ?? Self.life
        reply.answers = digests.map { Record(name: zone, ttl: life, data: $0.data) }
        reply.authorities = digests.isEmpty ? today.authorities.filter { $0.type == .soa } : []
        reply.additionals = []
        return reply
    }

    /// Returns the DS RRset of the referral, or the present one with its proof.
    private func security(of today: Message, _ isReferral: Bool) -> [Record] {
        if let digests { return digests.map { Record(name: zone, ttl: Self.life, data: $0.data) } }
        guard isReferral else { return [] }
        let types: Set<RecordType> = [.ds, .nsec, .nsec3, .rrsig]
        return today.authorities.filter { types.contains($0.type) }
    }
}

extension SupposedDelegation {
    /// The DS RRset without signatures; nil for the present one.
    var digestSet: SignedSet? {
        digests.map { SignedSet(records: RRset(name: zone, type: .ds, ttl: Self.life, data: $0.map(\.data))) }
    }
}
