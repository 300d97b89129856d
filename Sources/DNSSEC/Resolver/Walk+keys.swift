internal import DNSWire

extension Walk {
    /// The keys of the zone that a name lies in, from the closest trust anchor down (RFC 4035 section 5).
    mutating func keys(for target: Name) throws(Pause) -> KeyState {
        guard let anchor = settings.anchors.closest(to: target) else {
            return .other(.insecure(.noTrustAnchor, .root, "no trust anchor is at or above \(target)"))
        }
        var state = try anchorKeys(anchor.zone, anchor.pointers)
        var position = anchor.zone
        while case .secure(let keys) = state, position.labelCount < target.labelCount {
            let next = nextCut(below: position, towards: target, signedBy: keys.zone)
            if case .cut(let below) = try link(to: next, from: keys) { state = below }
            position = next
        }
        return state
    }

    private mutating func anchorKeys(_ zone: Name, _ pointers: KeyPointers) throws(Pause) -> KeyState {
        if let known = memory.anchors[zone] { return known.value }
        let (state, life) = try zoneKeys(zone, pointers)
        memory.evidence[zone, default: ZoneEvidence()].pointers = pointers
        memory.evidence[zone, default: ZoneEvidence()].state = state
        memory.anchors[zone] = Memory.Entry(value: state, expires: now + life)
        return state
    }

    /// The next zone cut that a referral has shown, if its proof is at hand; else the next label.
    private func nextCut(below position: Name, towards target: Name, signedBy zone: Name) -> Name {
        let depth = position.labelCount
        if depth + 1 < target.labelCount {
            for labels in (depth + 1)..<target.labelCount {
                let candidate = target.suffix(labels: labels)
                guard let delegation = memory.delegations[candidate] else { continue }
                if delegation.security.contains(where: { $0.hasSigner(zone) }) { return candidate }
                break
            }
            let delegation = memory.delegations[target]
            if let delegation, delegation.security.contains(where: { $0.hasSigner(zone) }),
                !(depth + 1..<target.labelCount).contains(where: {
                    memory.delegations[target.suffix(labels: $0)] != nil
                })
            {
                return target
            }
        }
        return target.suffix(labels: depth + 1)
    }

    /// What lies between a signed zone and a name below it: nothing, or a zone cut with its keys.
    private mutating func link(to name: Name, from keys: ZoneKeys) throws(Pause) -> Memory.Link {
        if let known = memory.links[name] { return known.value }
        let (link, life) = try findLink(to: name, from: keys)
        memory.links[name] = Memory.Entry(value: link, expires: now + life)
        if case .cut(let state) = link {
            memory.evidence[name, default: ZoneEvidence()].parent = keys.zone
            memory.evidence[name, default: ZoneEvidence()].state = state
            switch state {
            case .secure: note("\(name) is signed; its keys are proven by \(keys.zone)")
            case .other(let proof): note("\(name): \(proof.verdict.rawValue), \(proof.reason?.text ?? "")")
            }
        }
        return link
    }

    private mutating func findLink(to name: Name, from keys: ZoneKeys) throws(Pause) -> (Memory.Link, Int64) {
        if let delegation = memory.delegations[name], let digests = try shown(delegation, keys) {
            return try follow(digests, to: name, from: keys)
        }
        if let denials = denials[keys.zone],
            case .unsigned = DenialProof(zone: keys.zone, sets: denials).delegation(name, &examiner)
        {
            let text = "\(keys.zone) proves that \(name) has no DS"
            return (.cut(.other(.insecure(.unsignedDelegation, name, text))), 3600)
        }
        var distrusted: Set<IPAddress> = []
        var first: Proof?
        for _ in 0..<Limits.attemptsToValidate {
            switch try fetch(name, .ds, avoiding: distrusted) {
            case .failure(let reason):
                return (.cut(.other(first ?? Proof(.indeterminate, reason))), Self.faultLife)
            case .response(let response):
                switch judgeDelegation(response, name, keys) {
                case .faulty(let proof):
                    note("\(name) DS from \(response.server) does not validate: \(proof.reason?.text ?? "")")
                    if first == nil { first = proof }
                    distrusted.insert(response.server)
                case let found: return try follow(found, to: name, from: keys)
                }
            }
        }
        return (.cut(.other(first ?? .indeterminate(.unreachable, name, "no answer"))), Self.faultLife)
    }

    /// How long a fault or an unproven state is remembered, in seconds.
    static let faultLife: Int64 = 60

    /// What a message says of a delegation.
    enum DelegationFinding {
        case signed(SignedSet)
        case absent
        case unsigned(Proof)
        case faulty(Proof)
    }

    private mutating func follow(
        _ finding: DelegationFinding, to name: Name, from keys: ZoneKeys
    ) throws(Pause) -> (Memory.Link, Int64) {
        switch finding {
        case .absent: return (.absent, 3600)
        case .unsigned(let proof): return (.cut(.other(proof)), 3600)
        case .faulty(let proof): return (.cut(.other(proof)), Self.faultLife)
        case .signed(let set):
            let pointers = KeyPointers(digests: set.records.data.compactMap { DS($0) })
            memory.evidence[name, default: ZoneEvidence()].pointers = pointers
            memory.evidence[name, default: ZoneEvidence()].delegation = set
            let (state, life) = try zoneKeys(name, pointers)
            return (.cut(state), min(life, Int64(set.records.ttl)))
        }
    }

    /// What a referral already showed; nothing when it must be asked for.
    private mutating func shown(_ delegation: Delegation, _ keys: ZoneKeys) throws(Pause) -> DelegationFinding? {
        guard !delegation.security.isEmpty else { return nil }
        let finding: DelegationFinding
        if let set = delegation.security.first(where: { $0.type == .ds }) {
            finding = examiner.check(set, with: keys).proof.verdict == .secure ? .signed(set) : .absent
        } else {
            finding = judgeDenial(delegation.security, delegation.zone, keys)
        }
        switch finding {
        case .signed, .unsigned: return finding
        case .absent, .faulty: return nil  // There is a cut, says the referral: the proof must be asked for.
        }
    }

    private mutating func judgeDelegation(_ response: Response, _ name: Name, _ keys: ZoneKeys) -> DelegationFinding {
        if let step = response.steps.first {
            for set in step.signedSets {
                let result = examiner.check(set, with: keys)
                guard result.proof.verdict == .secure else { return .faulty(result.proof) }
                if set.type == .ds, result.expandedFrom == nil { return .signed(set) }
            }
            // An alias has no zone cut (RFC 2181 section 10.1).
            return step.target == nil
                ? .faulty(.bogus(.delegationUnproven, keys.zone, "\(name) DS was made from a wildcard")) : .absent
        }
        return judgeDenial(response.denials, name, keys)
    }

    private mutating func judgeDenial(_ sets: [SignedSet], _ name: Name, _ keys: ZoneKeys) -> DelegationFinding {
        var proven: [(set: SignedSet, proof: SetProof)] = []
        for set in sets.prefix(Limits.denialRecords) where set.hasSigner(keys.zone) {
            let result = examiner.check(set, with: keys)
            guard result.proof.verdict == .secure else { return .faulty(result.proof) }
            proven.append((set, result))
        }
        switch DenialProof(zone: keys.zone, sets: proven).delegation(name, &examiner) {
        case .unsigned:
            return .unsigned(.insecure(.unsignedDelegation, name, "\(keys.zone) proves that \(name) has no DS"))
        case .absent: return .absent
        case .insecure(let code): return .unsigned(.insecure(code, keys.zone, Self.text(code, name)))
        case .unproven(let code, let text):
            return .faulty(.bogus(code, keys.zone, "\(keys.zone) does not prove that \(name) has no DS: \(text)"))
        }
    }

    /// Fetches and judges a zone's DNSKEY set; gives its state, and for how many seconds that may be remembered.
    private mutating func zoneKeys(_ zone: Name, _ pointers: KeyPointers) throws(Pause) -> (KeyState, Int64) {
        if let reason = pointers.unusable(zone: zone) { return (.other(Proof(.insecure, reason)), 3600) }
        var distrusted: Set<IPAddress> = []
        var first: Proof?
        for _ in 0..<Limits.attemptsToValidate {
            switch try fetch(zone, .dnskey, avoiding: distrusted) {
            case .failure(let reason):
                return (.other(first ?? Proof(.indeterminate, reason)), Self.faultLife)
            case .response(let response):
                let set = response.steps.first?.sets.first { $0.type == .dnskey && $0.name == zone }
                let state =
                    set.map { examiner.check(keySet: $0, of: zone, against: pointers) }
                    ?? .other(.bogus(.keyMissing, zone, "\(zone) should be signed, but has no DNSKEY"))
                memory.evidence[zone, default: ZoneEvidence()].keys = set
                switch state {
                case .secure: return (state, Int64(min(set?.records.ttl ?? 0, 86400)))
                case .other(let proof) where proof.verdict == .insecure: return (state, 3600)
                case .other(let proof):
                    note("\(zone) DNSKEY from \(response.server): \(proof.reason?.text ?? "")")
                    if first == nil { first = proof }
                    distrusted.insert(response.server)
                }
            }
        }
        return (.other(first ?? .bogus(.keyMissing, zone, "\(zone) has no DNSKEY")), Self.faultLife)
    }
}
