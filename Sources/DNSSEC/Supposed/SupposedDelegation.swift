public import DNSWire

/// A delegation as it is not, or not yet: what the zone above would say of a zone if it were so.
///
/// It answers in place of the servers above, on top of what these say today, so that whoever walks down from the root goes
/// on as if the delegation were there. Servers that say nothing today say nothing then.
public struct SupposedDelegation: Hashable, Sendable {
    /// The delegated zone.
    public var zone: Name
    /// The name servers, each with the addresses given for it; nil for those of today.
    public var servers: [NameServer]?
    /// The DS set, empty for none; nil for that of today. It counts as signed by the zone above.
    public var digests: [DS]?

    /// Seconds for which a supposed set may be kept where today's answer has none to tell.
    static let life: UInt32 = 3600

    /// A delegation that differs from today's in what is given.
    public init(zone: Name, servers: [NameServer]? = nil, digests: [DS]? = nil) {
        self.zone = zone
        self.servers = servers
        self.digests = digests
    }

    /// The addresses given for a name server; nil where none were.
    public func addresses(of server: Name) -> [IPAddress]? {
        let given = servers?.first { $0.name == server }?.addresses ?? []
        return given.isEmpty ? nil : given
    }

    /// What a server of a zone above would answer, by what it answers today.
    ///
    /// - Parameter above: the zone that the server was asked as a server of.
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

    /// Whether the message leads to a zone between the two, or up, or is no answer of the server's own: then it is not this
    /// server that delegates the zone.
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

    /// The DS set of the referral, or today's with its proof.
    private func security(of today: Message, _ isReferral: Bool) -> [Record] {
        if let digests { return digests.map { Record(name: zone, ttl: Self.life, data: $0.data) } }
        guard isReferral else { return [] }
        let types: Set<RecordType> = [.ds, .nsec, .nsec3, .rrsig]
        return today.authorities.filter { types.contains($0.type) }
    }
}

extension SupposedDelegation {
    /// The DS set as a set that nobody can have signed; nil for that of today.
    var digestSet: SignedSet? {
        digests.map { SignedSet(records: RRset(name: zone, type: .ds, ttl: Self.life, data: $0.map(\.data))) }
    }
}
