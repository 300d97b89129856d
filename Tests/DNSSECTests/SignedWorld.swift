import DNSSEC
import DNSWire
import LapwingCrypto

/// A small Internet in memory: zones as lists of lines, signed on the fly, each on a server of its own.
struct SignedWorld {
    /// One zone.
    ///
    /// NSEC records are made for the names that there are.
    struct Zone {
        let name: Name
        let server: IPAddress
        var sets: [RRset]
        var isSigned: Bool
        let key: SigningKey?
        var delegations: [Name] = []
    }

    static let now: Int64 = 1_800_000_000
    var zones: [Name: Zone] = [:]
    /// Changes the answer of a server at the last moment: the place where faults are made.
    var meddle: (ServerQuery, inout Message) -> Void = { _, _ in }
    /// Whether answers repeat their question.
    var showsQuestions = true
    private(set) var asked = 0

    static func name(_ text: String) -> Name { (try? Name(text)) ?? .root }

    /// Adds a zone with lines of owner, type and data.
    mutating func add(_ zone: String, isSigned: Bool = true, algorithm: UInt8 = 13, _ lines: [String]) {
        let apex = Self.name(zone)
        let server = IPAddress.v4(0xC000_0200 + UInt32(zones.count) + 1)
        let origin = zone == "." ? "" : zone
        var records: [Record] = []
        for line in ["@ SOA ns.\(origin) host.\(origin) 1 3600 600 86400 300", "@ NS ns.\(origin)"] + lines {
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            let suffix = zone == "." ? "." : ".\(apex)"
            let owner = words[0] == "@" ? apex : Self.name(words[0] + suffix)
            guard let type = RecordType(words[1]), let data = try? RecordData(type: type, text: words[2]) else {
                continue
            }
            records.append(Record(name: owner, ttl: 300, data: data))
        }
        let key = isSigned ? SigningKey(algorithm: algorithm, seed: zone) : nil
        if let key { records.append(key.record(zone: apex, ttl: 300)) }
        zones[apex] = Zone(name: apex, server: server, sets: RRset.grouping(records), isSigned: isSigned, key: key)
        guard
            let parent = zones.keys.filter({ $0 != apex && apex.isSubdomain(of: $0) }).max(by: {
                $0.labelCount < $1.labelCount
            })
        else { return }
        zones[parent]?.delegations.append(apex)
        if let key { zones[parent]?.sets.append(contentsOf: RRset.grouping([key.delegation(zone: apex, ttl: 300)])) }
    }

    var minimisesNames = true
    /// Where the hints lead, when not to the root's server.
    var hint: IPAddress?

    var settings: ResolverSettings {
        let root = zones[.root]
        let address = hint ?? root?.server ?? .v4(0)
        let hints = RootHints(servers: [NameServer(name: Self.name("ns."), addresses: [address])])
        let anchors = root?.key.map { TrustAnchors(records: [$0.record(zone: .root)]) } ?? .none
        return ResolverSettings(roots: hints, anchors: anchors, minimisesNames: minimisesNames)
    }

    /// Resolves a question in this world.
    mutating func resolve(_ name: String, _ type: RecordType, now: Int64 = SignedWorld.now) -> Resolution {
        var memory = ResolutionCache()
        return resolve(name, type, now: now, memory: &memory)
    }

    mutating func resolve(
        _ name: String, _ type: RecordType, now: Int64 = SignedWorld.now, memory: inout ResolutionCache
    ) -> Resolution {
        var resolver = Resolver(
            question: Question(name: Self.name(name), type: type), settings: settings, memory: memory,
            verifier: LibcryptoVerifier(), now: now)
        var step = resolver.start()
        while case .ask(let queries) = step { step = resolver.receive(queries.map { ($0, answer($0)) }) }
        memory = resolver.memory
        guard case .done(let resolution) = step else { return resolver.giveUp("never") }
        return resolution
    }

    mutating func answer(_ query: ServerQuery) -> ServerReply {
        asked += 1
        guard let zone = zones.values.first(where: { $0.server == query.server }) else { return .timeout }
        var message = zone.answer(query.name, query.type)
        if let cut = zone.delegations.first(where: {
            query.name.isSubdomain(of: $0) && !(query.type == .ds && query.name == $0)
        }) {
            message = zone.referral(to: cut, at: zones[cut]?.server)
        }
        message.questions = [Question(name: query.name, type: query.type)]
        message.flags.insert(.isResponse)
        meddle(query, &message)
        message.questions = showsQuestions ? [Question(name: query.name, type: query.type)] : []
        return .message(message)
    }
}

extension SignedWorld.Zone {
    /// The records of a set, with their signature if the zone has a key.
    func signed(_ set: RRset) -> [Record] {
        guard isSigned, let key, set.type != .rrsig else { return set.records }
        let now = UInt32(truncatingIfNeeded: SignedWorld.now)
        let signature = key.sign(set, signer: name, inception: now - 86400, expiration: now + 86400 * 14)
        return set.records + (signature.map { [$0] } ?? [])
    }

    private var owners: [Name] { Set(sets.map(\.name) + delegations).sorted() }

    /// The NSEC record of a name of the zone.
    func denial(at owner: Name) -> [Record] {
        guard isSigned, let place = owners.firstIndex(of: owner) else { return [] }
        let next = owners[(place + 1) % owners.count]
        var types = Set(sets.filter { $0.name == owner }.map(\.type)).union([.rrsig, .nsec])
        if delegations.contains(owner) { types.insert(.ns) }
        let data = NSEC(next: next, types: types.sorted { $0.rawValue < $1.rawValue }).data
        return signed(RRset(name: owner, type: .nsec, ttl: 300, data: [data]))
    }

    /// The NSEC record that stands at or before a name.
    func denial(around wanted: Name) -> [Record] { owners.last { $0 <= wanted }.map { denial(at: $0) } ?? [] }

    func answer(_ wanted: Name, _ type: RecordType) -> Message {
        var message = Message(flags: .authoritative)
        func sets(_ owner: Name, _ type: RecordType) -> [RRset] {
            self.sets.filter { $0.name == owner && $0.type == type }
        }
        let soa = sets(name, .soa).flatMap { signed($0) }
        if let set = sets(wanted, type).first ?? sets(wanted, .cname).first {
            message.answers = signed(set)
        } else if owners.contains(wanted) {
            message.authorities = soa + denial(at: wanted)
        } else if owners.contains(where: { $0.isSubdomain(of: wanted) }) {
            message.authorities = soa + denial(around: wanted)
        } else if let redirect = self.sets.first(where: {
            $0.type == .dname && wanted != $0.name && wanted.isSubdomain(of: $0.name)
        }) {
            message.answers = signed(redirect)
        } else {
            var encloser = wanted
            while let above = encloser.parent, !owners.contains(where: { $0.isSubdomain(of: encloser) }) {
                encloser = above
            }
            let wildcard = (try? encloser.prepending(label: Array("*".utf8))) ?? encloser
            if let set = sets(wildcard, type).first {
                message.answers = signed(set).map { record in
                    var record = record
                    record.name = wanted
                    return record
                }
                message.authorities = denial(around: wanted)
            } else if owners.contains(wildcard) {
                message.authorities = soa + denial(around: wanted) + denial(at: wildcard)
            } else {
                message.responseCode = .nxDomain
                message.authorities = soa + denial(around: wanted) + denial(around: wildcard)
            }
        }
        return message
    }

    func referral(to cut: Name, at address: IPAddress?) -> Message {
        var message = Message()
        let server = (try? cut.prepending(label: Array("ns".utf8))) ?? cut
        message.authorities = [Record(name: cut, ttl: 300, data: NameTarget(type: .ns, target: server).data)]
        let digests = sets.filter { $0.name == cut && $0.type == .ds }
        message.authorities += digests.isEmpty ? denial(at: cut) : digests.flatMap { signed($0) }
        if let address { message.additionals = [Record(name: server, ttl: 300, data: Address(address: address).data)] }
        return message
    }
}
