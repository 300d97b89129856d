internal import DNSWire

/// Reads a server's message as the answer to one question to one zone.
struct MessageReader {
    let query: ServerQuery
    let zone: Name
    let now: Int64

    /// What the message amounts to; whatever lies outside the server's zone is left out first.
    func read(_ message: Message) -> Reading {
        guard message.flags.contains(.isResponse), message.opCode == .query else { return .useless("not an answer") }
        if let question = message.questions.first {
            guard message.questions.count == 1, question.name == query.name, question.type == query.type,
                question.recordClass == .in
            else { return .useless("answer to another question") }
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
        guard let steps = steps(sets(message.answers), message.responseCode) else {
            return .useless("an alias that cannot be followed")
        }
        let response = Response(
            server: query.server, zone: zone, responseCode: message.responseCode, steps: steps, authority: authority)
        if message.responseCode != .noError || !steps.isEmpty {
            return isRecursive && steps.last?.target == nil ? .borrowed(response) : .response(response)
        }
        if authority.isEmpty, !message.flags.contains(.authoritative),
            let upward = message.authorities.first(where: { $0.type == .ns })
        {
            return .useless("lame: refers to \(upward.name)")
        }
        let hasSOA = authority.contains { $0.type == .soa && query.name.isSubdomain(of: $0.name) }
        if !hasSOA, let servers = authority.first(where: { $0.type == .ns }) {
            if servers.name != zone, servers.name.isSubdomain(of: zone) {
                return referral(servers, authority, message, response)
            }
            if !message.flags.contains(.authoritative) { return .useless("lame: refers to \(servers.name)") }
        }
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
        // A server that knows no DS refers to the zone itself, or shows the DS beside the referral (RFC 4035 3.1.4.1).
        if query.type == .ds, query.name == servers.name {
            guard let digests = security.first(where: { $0.type == .ds }) else { return .response(response) }
            let step = Response.Step(name: query.name, sets: [digests], target: nil)
            return .response(
                Response(
                    server: query.server, zone: zone, responseCode: .noError, steps: [step], authority: authority))
        }
        let glue = message.additionals.filter { $0.name.isSubdomain(of: zone) }
        let targets = servers.records.data.prefix(Limits.serversPerZone).compactMap { NameTarget($0)?.target }
        let named = targets.map { target in
            let addresses = glue.filter { $0.name == target }.compactMap { Address($0.data)?.address }
            return NameServer(name: target, addresses: Array(addresses.prefix(Limits.addressesPerServer)))
        }
        let life = Int64(min(servers.records.ttl, 86400))
        return .referral(
            Delegation(
                zone: servers.name, servers: named, security: security, source: query.server, expires: now + life))
    }

    /// The sets of a section that lie inside the zone (RFC 5452 section 6), each with its signatures.
    private func sets(_ section: [Record]) -> [SignedSet] {
        SignedSet.grouping(
            section.filter { $0.recordClass == .in && $0.name.isSubdomain(of: zone) },
            keepingSignatures: query.type == .rrsig || query.type == .any)
    }

    /// The answer section in order, without what does not answer; nothing when an alias in it is impossible.
    private func steps(_ sets: [SignedSet], _ code: ResponseCode) -> [Response.Step]? {
        var steps: [Response.Step] = []
        var current = query.name
        var place = 0
        while place < sets.count, steps.count <= Limits.aliases {
            let set = sets[place]
            place += 1
            if set.type == .dname, current != set.name, current.isSubdomain(of: set.name) {
                guard set.records.data.count == 1 else { return nil }
                guard let alias = Self.synthesise(current, by: set) else {
                    // The zone has a redirection, but the name would become too long (RFC 6672 section 2.2).
                    guard code == .yxDomain else { return nil }
                    return steps + [Response.Step(name: current, sets: [set], isSynthesised: true)]
                }
                if place < sets.count, sets[place].type == .cname, sets[place].name == current { place += 1 }
                var step = Response.Step(
                    name: current, sets: [set, alias.set], target: alias.target, isSynthesised: true)
                if query.type == .cname || alias.target == current { step.target = nil }
                steps.append(step)
                guard step.target != nil else { return steps }
                current = alias.target
            } else if set.name == current {
                if set.type == .cname, query.type != .cname, query.type != .any {
                    guard set.records.data.count == 1, let target = NameTarget(set.records.data[0])?.target else {
                        return nil
                    }
                    if place < sets.count, sets[place].type == .dname, current != sets[place].name,
                        current.isSubdomain(of: sets[place].name),
                        Self.synthesise(current, by: sets[place])?.target == target
                    {
                        continue  // The DNAME behind it is what made this alias.
                    }
                    // An alias for itself leads nowhere: it is all there is to say.
                    steps.append(Response.Step(name: current, sets: [set], target: target == current ? nil : target))
                    guard target != current else { return steps }
                    current = target
                } else if set.type == query.type || query.type == .any {
                    if let last = steps.indices.last, steps[last].target == nil {
                        steps[last].sets.append(set)
                    } else {
                        steps.append(Response.Step(name: current, sets: [set], target: nil))
                    }
                    if query.type != .any { break }
                }
            }
        }
        return steps
    }

    /// The CNAME that a DNAME means for a name below it (RFC 6672 section 3.1); nothing when it becomes too long.
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
