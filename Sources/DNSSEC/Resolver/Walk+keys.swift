internal import DNSWire

extension Walk {
    /// Returns the keys of the zone that contains a name, from the closest trust anchor down (RFC 4035 section 5).
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
        memory.anchors[zone] = ResolutionCache.Entry(value: state, expires: now + life)
        return state
    }

    /// Returns the next zone cut from a referral, if its proof is available; otherwise the next label.
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

    /// Determines whether there is a zone cut between a signed zone and a name below it, and the state of its keys.
    private mutating func link(to name: Name, from keys: ZoneKeys) throws(Pause) -> ResolutionCache.Link {
        if let known = memory.links[name] { return known.value }
        let (link, life) = try findLink(to: name, from: keys)
        memory.links[name] = ResolutionCache.Entry(value: link, expires: now + life)
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

    private mutating func findLink(to name: Name, from keys: ZoneKeys) throws(Pause) -> (ResolutionCache.Link, Int64) {
        if let supposed = settings.supposed, supposed.zone == name, let set = supposed.digestSet {
            return try follow(supposedFinding(set), to: name, from: keys)
        }
        if let delegation = memory.delegations[name], let digests = shown(delegation, keys) {
            return try follow(digests, to: name, from: keys)
        }
        if let denials = denials[keys.zone],
            case .unsigned = DenialProof(zone: keys.zone, sets: denials).delegation(name, &examiner)
        {
            let text = "\(keys.zone) proves that \(name) has no DS"
            return (.cut(.other(.insecure(.unsignedDelegation, name, text))), Self.life(of: denials))
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
                    setBack(name, .ds, response.server, proof)
                    if first == nil { first = proof }
                    distrusted.insert(response.server)
                case let found: return try follow(found, to: name, from: keys)
                }
            }
        }
        return (.cut(.other(first ?? .indeterminate(.unreachable, name, "no answer"))), Self.faultLife)
    }

    /// Returns the meaning of a supposed DS RRset, or of a supposed missing one, which counts as proven by the parent
    /// zone.
    private func supposedFinding(_ set: SignedSet) -> DelegationFinding {
        guard set.records.data.isEmpty else { return .signed(set, life: set.records.ttl) }
        let proof = Proof.insecure(.unsignedDelegation, set.name, "\(set.name) is supposed to have no DS")
        return .unsigned(proof, life: Int64(set.records.ttl))
    }

    /// How long a fault or an unproven state is cached, in seconds.
    static let faultLife: Int64 = 60
    /// How long a proof is cached at most, in seconds.
    static let longestLife: Int64 = 86400
    /// The same for a denial; equal to the largest negative cache time of resolvers (RFC 8198 section 5.4).
    static let longestDenialLife: Int64 = 3600

    /// Returns for how many seconds all of these denials may be used.
    private static func life(of denials: [(set: SignedSet, proof: SetProof)]) -> Int64 {
        denials.reduce(longestDenialLife) { min($0, Int64($1.proof.life)) }
    }

    /// The meaning of a message for a delegation, and for how many seconds it may be used.
    enum DelegationFinding {
        case signed(SignedSet, life: UInt32)
        case absent(life: Int64)
        case unsigned(Proof, life: Int64)
        case faulty(Proof)
    }

    private mutating func follow(
        _ finding: DelegationFinding, to name: Name, from keys: ZoneKeys
    ) throws(Pause) -> (ResolutionCache.Link, Int64) {
        switch finding {
        case .absent(let life): return (.absent, life)
        case .unsigned(let proof, let life): return (.cut(.other(proof)), life)
        case .faulty(let proof): return (.cut(.other(proof)), Self.faultLife)
        case .signed(let set, let digestLife):
            let pointers = KeyPointers(digests: set.records.data.compactMap { DS($0) })
            memory.evidence[name, default: ZoneEvidence()].pointers = pointers
            memory.evidence[name, default: ZoneEvidence()].delegation = set
            let (state, life) = try zoneKeys(name, pointers)
            memory.grow(by: set.size)
            return (.cut(state), min(life, Int64(digestLife)))
        }
    }

    /// Returns the finding from a referral; nil if a query is needed.
    private mutating func shown(_ delegation: Delegation, _ keys: ZoneKeys) -> DelegationFinding? {
        guard !delegation.security.isEmpty else { return nil }
        if let set = delegation.security.first(where: { $0.type == .ds }) {
            let result = examiner.check(set, with: keys)
            return result.proof.verdict == .secure ? .signed(set, life: result.life) : nil
        }
        // A denial of the zone cut is ignored here, since the referral shows that there is one.
        guard case .unsigned(let proof, let life) = judgeDenial(delegation.security, delegation.zone, keys) else {
            return nil
        }
        return .unsigned(proof, life: life)
    }

    private mutating func judgeDelegation(_ response: Response, _ name: Name, _ keys: ZoneKeys) -> DelegationFinding {
        if let step = response.steps.first {
            var life = UInt32(Self.longestDenialLife)
            for set in step.signedSets {
                let result = examiner.check(set, with: keys)
                guard result.proof.verdict == .secure else { return .faulty(result.proof) }
                if set.type == .ds, result.expandedFrom == nil { return .signed(set, life: result.life) }
                life = min(life, result.life)
            }
            // An alias cannot be at a zone cut (RFC 2181 section 10.1).
            return step.target == nil
                ? .faulty(.bogus(.delegationUnproven, keys.zone, "\(name) DS was made from a wildcard"))
                : .absent(life: Int64(life))
        }
        let finding = judgeDenial(response.denials, name, keys)
        guard let most = response.denialLife.map({ Int64($0) }) else { return finding }
        return switch finding {
        case .absent(let life): .absent(life: min(life, most))
        case .unsigned(let proof, let life): .unsigned(proof, life: min(life, most))
        case .signed, .faulty: finding
        }
    }

    private mutating func judgeDenial(_ sets: [SignedSet], _ name: Name, _ keys: ZoneKeys) -> DelegationFinding {
        var proven: [(set: SignedSet, proof: SetProof)] = []
        for set in sets.prefix(Limits.denialRecords) where set.hasSigner(keys.zone) {
            let result = examiner.check(set, with: keys)
            guard result.proof.verdict == .secure else { return .faulty(result.proof) }
            proven.append((set, result))
        }
        let life = Self.life(of: proven)
        switch DenialProof(zone: keys.zone, sets: proven).delegation(name, &examiner) {
        case .unsigned:
            let proof = Proof.insecure(.unsignedDelegation, name, "\(keys.zone) proves that \(name) has no DS")
            return .unsigned(proof, life: life)
        case .absent: return .absent(life: life)
        case .insecure(let code): return .unsigned(.insecure(code, keys.zone, Self.text(code, name)), life: life)
        case .unproven(let code, let text):
            let text = "\(keys.zone) does not prove that \(name) has no DS: \(text)"
            return .faulty(.unproven(code, keys.zone, text))
        }
    }

    /// Fetches and validates a zone's DNSKEY RRset; returns its state, and for how many seconds it may be cached as far
    /// as the zone is concerned.
    private mutating func zoneKeys(_ zone: Name, _ pointers: KeyPointers) throws(Pause) -> (KeyState, Int64) {
        if let reason = pointers.unusable(zone: zone) { return (.other(Proof(.insecure, reason)), Self.longestLife) }
        var distrusted: Set<IPAddress> = []
        var first: Proof?
        for _ in 0..<Limits.attemptsToValidate {
            switch try fetch(zone, .dnskey, avoiding: distrusted) {
            case .failure(let reason):
                return (.other(first ?? Proof(.indeterminate, reason)), Self.faultLife)
            case .response(let response):
                let set = response.steps.first?.sets.first { $0.type == .dnskey && $0.name == zone }
                let (state, life) =
                    set.map { examiner.check(keySet: $0, of: zone, against: pointers) }
                    ?? (.other(.bogus(.keyMissing, zone, "\(zone) should be signed, but has no DNSKEY")), 0)
                memory.evidence[zone, default: ZoneEvidence()].keys = set
                memory.grow(by: 2 * (set?.size ?? 0))
                switch state {
                case .secure: return (state, min(Int64(life), Self.longestLife))
                case .other(let proof) where proof.verdict == .insecure: return (state, Self.longestLife)
                case .other(let proof):
                    let hint = withoutEDNS(response.server)
                    let proof =
                        hint.isEmpty
                        ? proof
                        : Proof(
                            proof.verdict, proof.reason.map { Reason($0.code, zone: $0.zone, $0.text + hint) })
                    setBack(zone, .dnskey, response.server, proof)
                    if first == nil { first = proof }
                    distrusted.insert(response.server)
                }
            }
        }
        return (.other(first ?? .bogus(.keyMissing, zone, "\(zone) has no DNSKEY")), Self.faultLife)
    }
}
