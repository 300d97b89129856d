import DNSSEC
import DNSWire
import LapwingCore

/// Makes the answers of authoritative servers from zones, and caches them: most queries are repeated every few minutes.
final class ZoneAnswers {
    private struct CacheKey: Hashable {
        var zone: ObjectIdentifier
        var question: Int
        /// The period of the signatures.
        var period: Int
        /// The variant of the data.
        var variant: UInt64
    }

    private let signer: Signer
    private let start: Int
    private var answers: [CacheKey: AuthorityAnswer] = [:]
    private var denials: [ObjectIdentifier: DenialChain] = [:]
    /// Retained, so that the identities of zones are not reused.
    private var zones: [ObjectIdentifier: Zone] = [:]

    /// The largest number of cached answers, since rotating data produce ever new ones.
    private static let mostAnswers = 20_000
    private static let longestAliasChain = 8

    /// - Parameter start: the minute at which the world starts, to which the serials in the file refer.
    init(signer: Signer, start: Int) {
        self.signer = signer
        self.start = start
    }

    /// Returns the answer of a zone at a minute; `pick` selects the data of varying RRsets.
    func answer(
        _ question: AskedQuestion, zone: Zone, minute: Int, keys: [String: KeySpecification],
        pick: (AnswerPolicy) -> (data: [RecordData], variant: UInt64)
    ) -> AuthorityAnswer {
        var chosen: [RecordSetKey: RecordSet] = [:]
        var variant: UInt64 = 0
        if !zone.policies.isEmpty, let policy = zone.policy(for: question.key) {
            let choice = pick(policy)
            chosen[policy.key] = RecordSet(ttl: policy.ttl, data: choice.data)
            variant = choice.variant
        }
        let validity = zone.signing?.validity(atMinute: minute)
        let identity = ObjectIdentifier(zone)
        let cacheKey = CacheKey(
            zone: identity, question: question.id, period: validity?.count ?? 0, variant: variant)
        if let known = answers[cacheKey] { return known }
        if answers.count >= Self.mostAnswers { answers.removeAll(keepingCapacity: true) }
        zones[identity] = zone
        let answer = make(question.key, zone: zone, minute: minute, chosen: chosen, keys: keys)
        answers[cacheKey] = answer
        return answer
    }

    private func make(
        _ key: RecordSetKey, zone: Zone, minute: Int, chosen: [RecordSetKey: RecordSet],
        keys: [String: KeySpecification]
    ) -> AuthorityAnswer {
        let answer = AuthorityAnswer(code: .noError)
        answer.negativeTTL = zone.negativeTTL
        var signing: SignedAnswer?
        if let policy = zone.signing {
            let validity = policy.validity(atMinute: minute)
            answer.signatures = AuthorityAnswer.Signatures(
                signers: key == RecordSetKey(zone.origin, .dnskey) ? policy.keySigners : policy.zoneSigners,
                from: validity.from * 60, to: validity.to * 60, sound: !policy.signaturesBroken)
            signing = SignedAnswer(
                signer: signer, zone: zone, policy: policy, keys: keys, from: validity.from * 60, to: validity.to * 60,
                chain: chain(of: zone))
        }
        fill(answer, key: key, zone: zone, minute: minute, chosen: chosen, keys: keys, signing: signing)
        return answer
    }

    private func fill(
        _ answer: AuthorityAnswer, key: RecordSetKey, zone: Zone, minute: Int, chosen: [RecordSetKey: RecordSet],
        keys: [String: KeySpecification], signing: SignedAnswer?
    ) {
        var name = key.name
        for step in 0..<Self.longestAliasChain {
            // Only the DS of a cut is above it.
            if let cut = zone.cut(above: name), name != cut || key.type != .ds {
                return refer(answer, to: cut, zone: zone, isFirst: step == 0, signing: signing)
            }
            guard let owner = zone.owner(of: name) else {
                // The response code for a missing name is a property of this zone.
                if step == 0 { answer.code = zone.missing } else { answer.code = .nxDomain }
                if answer.code == .nxDomain { deny(answer, name: name, zone: zone, minute: minute, signing: signing) }
                return
            }
            let expanded = owner != name
            if expanded, zone.signing?.wildcardTypesMissing == true { answer.hidesWildcardTypes = true }
            if let set = set(RecordSetKey(owner, key.type), zone: zone, minute: minute, chosen: chosen, keys: keys) {
                add(set, type: key.type, owner: owner, name: name, to: answer, signing: signing)
                if key.type == .dnskey, let policy = zone.signing {
                    answer.keyLabels = policy.keys
                    answer.statedBytes = policy.keyBytes
                }
                return
            }
            guard let alias = set(RecordSetKey(owner, .cname), zone: zone, minute: minute, chosen: chosen, keys: keys),
                let target = alias.data.first.flatMap({ NameTarget($0)?.target })
            else {
                deny(answer, name: name, zone: zone, minute: minute, signing: signing)
                return
            }
            add(alias, type: .cname, owner: owner, name: name, to: answer, signing: signing)
            guard target.isSubdomain(of: zone.origin) else { return }
            name = target.folded
        }
    }

    private func set(
        _ key: RecordSetKey, zone: Zone, minute: Int, chosen: [RecordSetKey: RecordSet],
        keys: [String: KeySpecification]
    ) -> RecordSet? {
        if key.name == zone.origin {
            switch key.type {
            case .soa:
                return RecordSet(ttl: zone.startOfAuthority.ttl, data: [zone.soa(atMinute: minute, start: start).data])
            case .dnskey:
                guard let policy = zone.signing else { return nil }
                let data = policy.keys.compactMap { label in keys[label].flatMap { signer.dnskey(label, $0)?.data } }
                return RecordSet(ttl: policy.keyTTL, data: data)
            default: break
            }
        }
        return zone.sets[key] ?? chosen[key]
    }

    private func add(
        _ set: RecordSet, type: RecordType, owner: Name, name: Name, to answer: AuthorityAnswer, signing: SignedAnswer?
    ) {
        answer.answers += set.data.map { Record(name: name, ttl: set.ttl, data: $0) }
        guard let signing else { return }
        answer.answerSignatures += signing.signatures(owner: owner, type: type, set: set, shownAt: name)
        if owner != name {
            let proof = signing.noCloser(than: owner, for: name)
            answer.authorities += proof.records
            answer.authoritySignatures += proof.signatures
        }
    }

    /// Names the servers of a zone below, with its DS or the proof that it has none; after an alias that is all there is.
    private func refer(_ answer: AuthorityAnswer, to cut: Name, zone: Zone, isFirst: Bool, signing: SignedAnswer?) {
        guard isFirst, let servers = zone.sets[RecordSetKey(cut, .ns)] else { return }
        answer.isAuthoritative = false
        answer.authorities = servers.data.map { Record(name: cut, ttl: servers.ttl, data: $0) }
        for host in servers.data.compactMap({ NameTarget($0)?.target.folded }) {
            let glue = zone.sets[RecordSetKey(host, .a)]
            answer.additionals += glue?.data.map { Record(name: host, ttl: glue?.ttl ?? 0, data: $0) } ?? []
        }
        guard let signing else { return }
        if let secure = zone.sets[RecordSetKey(cut, .ds)] {
            answer.authorities += secure.data.map { Record(name: cut, ttl: secure.ttl, data: $0) }
            answer.authoritySignatures += signing.signatures(owner: cut, type: .ds, set: secure, shownAt: cut)
        } else {
            let proof = signing.noData(cut)
            answer.authorities += proof.records
            answer.authoritySignatures += proof.signatures
        }
    }

    private func deny(_ answer: AuthorityAnswer, name: Name, zone: Zone, minute: Int, signing: SignedAnswer?) {
        let ttl = zone.startOfAuthority.ttl
        let soa = RecordSet(ttl: ttl, data: [zone.soa(atMinute: minute, start: start).data])
        answer.authorities += soa.data.map {
            Record(name: zone.origin, ttl: zone.negativeTTL, data: $0)
        }
        guard let signing else { return }
        answer.authoritySignatures += signing.signatures(owner: zone.origin, type: .soa, set: soa, shownAt: zone.origin)
        let proof = answer.code == .nxDomain ? signing.nxDomain(name) : signing.noData(name)
        answer.authorities += proof.records
        answer.authoritySignatures += proof.signatures
        if zone.signing?.denial.usesHashes == true { answer.iterations = Int(zone.signing?.iterations ?? 0) }
        answer.isOptOut =
            zone.signing?.denial == .optOut && (answer.code == .nxDomain || zone.isUnsecured(name))
    }

    private func chain(of zone: Zone) -> DenialChain {
        let identity = ObjectIdentifier(zone)
        if let known = denials[identity] { return known }
        zones[identity] = zone
        let chain = DenialChain(zone: zone, signer: signer)
        denials[identity] = chain
        return chain
    }
}

extension Zone {
    /// Returns the name whose records answer for this one: itself, or the wildcard; nil if there is none.
    func owner(of name: Name) -> Name? {
        if holds(name) { return name }
        guard name.isSubdomain(of: origin), let wildcard = try? origin.prepending(label: [UInt8(ascii: "*")]),
            owners[wildcard] != nil
        else { return nil }
        return wildcard
    }

    /// Returns the policy of the varying RRset at the end of a question's alias chain.
    func policy(for key: RecordSetKey) -> AnswerPolicy? {
        var name = key.name
        for _ in 0..<8 {
            guard let owner = owner(of: name) else { return nil }
            if let policy = policies[RecordSetKey(owner, key.type)] { return policy }
            guard let alias = sets[RecordSetKey(owner, .cname)]?.data.first, let target = NameTarget(alias) else {
                return policies[RecordSetKey(owner, .cname)]
            }
            name = target.target.folded
        }
        return nil
    }

    /// Returns the serial at a minute: re-signing the zone may raise it.
    func serial(atMinute minute: Int, start: Int) -> UInt32 {
        guard let signing, case .periodic(let last, let every, _, true) = signing.window else { return serial }
        let passed = signing.validity(atMinute: minute).count - floorDivide(start - last, every)
        return serial &+ UInt32(truncatingIfNeeded: passed)
    }

    func soa(atMinute minute: Int, start: Int) -> SOA {
        SOA(
            mname: startOfAuthority.primary, rname: startOfAuthority.responsible,
            serial: SerialNumber(rawValue: serial(atMinute: minute, start: start)),
            refresh: startOfAuthority.refresh, retry: startOfAuthority.retry, expire: startOfAuthority.expire,
            minimum: startOfAuthority.minimum)
    }
}
