internal import DNSWire

/// Interprets a server's message as the answer to one question to one zone.
struct MessageReader {
    let query: ServerQuery
    let zone: Name
    let now: Int64

    /// Returns the meaning of the message; data outside the server's zone is removed first.
    func read(_ message: Message) -> Reading {
        guard message.flags.contains(.isResponse), message.opCode == .query else { return .useless("not an answer") }
        if let question = message.questions.first {
            guard message.questions.count == 1, question.name == query.name, question.type == query.type,
                question.recordClass == .in
            else { return .useless("answer to another question") }
        } else if message.responseCode == .noError || message.responseCode == .nxDomain {
            // Only a server that could not parse the question may omit it.
            return .useless("answer without its question")
        }
        switch message.responseCode {
        case .noError, .nxDomain, .yxDomain: break
        case .formErr, .notImp, .badVers:
            return query.usesEDNS ? .withoutEDNS : .useless("\(message.responseCode)")
        default: return .useless("\(message.responseCode)")
        }
        if message.flags.contains(.truncated) { return .useless("truncated even over TCP") }
        return classify(message)
    }

    private func classify(_ message: Message) -> Reading {
        let authority = sets(message.authorities)
        let isRecursive =
            message.flags.contains(.recursionAvailable) && !message.flags.contains(.authoritative)
        let keepsSignatures = query.type == .rrsig || query.type == .any
        guard let steps = steps(sets(message.answers, keepingSignatures: keepsSignatures), message.responseCode) else {
            return .useless("an alias that cannot be followed")
        }
        var response = Response(
            server: query.server, zone: zone, responseCode: message.responseCode, steps: steps, authority: authority)
        (response.ownServers, response.ownServersLife) = ownServers(message, authority)
        // Above the zone, or beside it.
        let elsewhere = message.authorities.first {
            ($0.type == .ns || $0.type == .soa) && !$0.name.isSubdomain(of: zone)
        }
        if message.responseCode != .noError || !steps.isEmpty {
            // A denial by another zone is not a denial by the queried zone (RFC 2308 section 2.1).
            let isOfAnother = steps.isEmpty && elsewhere != nil && !authority.contains { $0.type == .soa }
            return isOfAnother || isRecursive && steps.last?.target == nil ? .borrowed(response) : .response(response)
        }
        if authority.isEmpty, !message.flags.contains(.authoritative),
            let other = message.authorities.first(where: { $0.type == .ns })
        {
            return .useless("lame: refers to \(other.name)")
        }
        let hasSOA = authority.contains { $0.type == .soa && query.name.isSubdomain(of: $0.name) }
        if !hasSOA, let servers = authority.first(where: { $0.type == .ns }) {
            if servers.name != zone, servers.name.isSubdomain(of: zone) {
                return referral(servers, authority, message, response)
            }
            if !message.flags.contains(.authoritative) {
                // A server that refers to its own zone may mean that there is no such data.
                return servers.name == zone ? .borrowed(response) : .useless("lame: refers to \(servers.name)")
            }
        }
        // NODATA from another zone: the server does not serve this one, even if it sets the AA bit (RFC 2308 section
        // 2.2).
        if !hasSOA, let elsewhere {
            return .useless("lame: \(elsewhere.type == .soa ? "answers for" : "refers to") \(elsewhere.name)")
        }
        // No data at all, not even an SOA: other servers may have more.
        if message.authorities.isEmpty, !isRecursive { return .borrowed(response) }
        guard isRecursive else { return .response(response) }
        return hasSOA ? .borrowed(response) : .useless("not authoritative, but recursive")
    }

    private func referral(
        _ servers: SignedSet, _ authority: [SignedSet], _ message: Message, _ response: Response
    ) -> Reading {
        guard query.name.isSubdomain(of: servers.name) else { return .useless("refers elsewhere: \(servers.name)") }
        let security = authority.filter {
            $0.type == .nsec || $0.type == .nsec3 || $0.type == .ds && $0.name == servers.name
        }
        // A server without the DS refers to the zone itself, or has the DS beside the referral (RFC 4035 3.1.4.1).
        if query.type == .ds, query.name == servers.name {
            guard let digests = security.first(where: { $0.type == .ds }) else { return .response(response) }
            let step = Response.Step(name: query.name, sets: [digests], target: nil)
            return .response(
                Response(
                    server: query.server, zone: zone, responseCode: .noError, steps: [step], authority: authority))
        }
        let (named, life) = nameServers(servers, message)
        let foreign = named.map(\.name).filter { !$0.isSubdomain(of: zone) }
        let spare = message.additionals.filter { foreign.contains($0.name) }.compactMap { Address($0.data)?.address }
        return .referral(
            Delegation(
                zone: servers.name, servers: named, spareAddresses: Array(spare.prefix(Limits.addressesPerServer)),
                security: security, source: query.server, expires: now + Int64(life)))
    }

    /// Returns the servers in an NS RRset, with the in-bailiwick addresses of the message, and for how many seconds all
    /// of that may be used.
    private func nameServers(_ set: SignedSet, _ message: Message) -> (servers: [NameServer], life: UInt32) {
        let glue = message.additionals.filter { $0.name.isSubdomain(of: zone) }
        var life = min(set.records.ttl, 86400)
        let servers = set.records.data.prefix(Limits.serversPerZone).compactMap { NameTarget($0)?.target }.map {
            target in
            let own = glue.filter { $0.name == target && Address($0.data) != nil }.prefix(Limits.addressesPerServer)
            life = own.reduce(life) { min($0, $1.ttl) }
            return NameServer(name: target, addresses: own.compactMap { Address($0.data)?.address })
        }
        return (servers, life)
    }

    /// Returns the servers in the zone's own NS RRset, if the message contains it.
    private func ownServers(_ message: Message, _ authority: [SignedSet]) -> (servers: [NameServer], life: UInt32) {
        let beside = authority.first { $0.type == .ns && $0.name == zone }
        let asked = query.type == .ns && query.name == zone ? sets(message.answers).first { $0.type == .ns } : nil
        return (asked ?? beside).map { nameServers($0, message) } ?? ([], 0)
    }

    /// Returns the RRsets of a section inside the zone (RFC 5452 section 6), each with its signatures.
    private func sets(_ section: [Record], keepingSignatures: Bool = false) -> [SignedSet] {
        SignedSet.grouping(
            section.filter { $0.recordClass == .in && $0.name.isSubdomain(of: zone) },
            keepingSignatures: keepingSignatures)
    }

    /// Returns the answer section in order, without unrelated data; nil if an alias in it is invalid.
    private func steps(_ sets: [SignedSet], _ code: ResponseCode) -> [Response.Step]? {
        var steps: [Response.Step] = []
        // An answer to type ANY is taken as it is; aliases are followed only as far as the answer does.
        let wantsAll = query.type == .any
        let endsAtAlias = wantsAll && code == .noError
        var current = query.name
        var place = 0
        while place < sets.count, steps.count <= Limits.aliases {
            let set = sets[place]
            place += 1
            if set.type == .dname, current != set.name, current.isSubdomain(of: set.name) {
                let set = set.keepingFirst
                guard let alias = Self.synthesise(current, by: set) else {
                    // The zone has a DNAME, but the resulting name would be too long (RFC 6672 section 2.2).
                    guard code == .yxDomain else { return nil }
                    return steps + [Response.Step(name: current, sets: [set], isSynthesised: true)]
                }
                if place < sets.count, sets[place].type == .cname, sets[place].name == current { place += 1 }
                let isEnd = query.type == .cname
                steps.append(
                    Response.Step(
                        name: current, sets: [set, alias.set], target: isEnd || endsAtAlias ? nil : alias.target,
                        isSynthesised: true))
                if isEnd { return steps }
                current = alias.target
            } else if set.name == current {
                if set.type == .cname, query.type != .cname {
                    let set = set.keepingFirst
                    guard let target = NameTarget(set.records.data[0])?.target else { return nil }
                    if place < sets.count, sets[place].type == .dname, current != sets[place].name,
                        current.isSubdomain(of: sets[place].name),
                        Self.synthesise(current, by: sets[place])?.target == target
                    {
                        continue  // Synthesised from the DNAME that follows.
                    }
                    steps.append(Response.Step(name: current, sets: [set], target: endsAtAlias ? nil : target))
                    // A query for ANY also gets the other records at the alias itself.
                    while wantsAll, place < sets.count, sets[place].name == current {
                        steps.append(Response.Step(name: current, sets: [sets[place]], target: nil))
                        place += 1
                    }
                    current = target
                } else if set.type == query.type || wantsAll {
                    if let last = steps.last, last.target == nil, last.name == current, !last.isSynthesised {
                        steps[steps.count - 1].sets.append(set)
                    } else {
                        steps.append(Response.Step(name: current, sets: [set], target: nil))
                    }
                    if !wantsAll { break }
                }
            }
        }
        return steps
    }

    /// Returns the CNAME that a DNAME implies for a name below it (RFC 6672 section 3.1); nil if the result is too
    /// long.
    static func synthesise(_ name: Name, by set: SignedSet) -> (set: SignedSet, target: Name)? {
        guard let replacement = set.records.data.first.flatMap({ NameTarget($0)?.target }) else { return nil }
        let kept = name.labels.dropLast(set.name.labelCount)
        guard let target = try? Name(labels: Array(kept) + replacement.labels) else { return nil }
        let alias = RRset(
            name: name, type: .cname, ttl: set.records.ttl,
            data: [NameTarget(type: .cname, target: target).data])
        return (SignedSet(records: alias), target)
    }
}
