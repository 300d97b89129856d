internal import DNSWire

/// Finds out which signatures verify, with each zone's keys at hand.
struct SignatureSurvey {
    /// What is known of the zones.
    let evidence: [Name: ZoneEvidence]
    /// How each zone stands at the moment; a zone that is missing was not reached.
    let standing: [Name: ZoneEvidence]
    /// The key set that one zone publishes, for where no chain leads to it.
    private let ownKeys: (zone: Name, set: SignedSet)?
    private var judge: SignatureJudge

    init(
        evidence: [Name: ZoneEvidence], standing: [Name: ZoneEvidence], ownKeys: (zone: Name, set: SignedSet)?,
        verifier: any SignatureVerifier
    ) {
        self.evidence = evidence
        self.standing = standing
        self.ownKeys = ownKeys
        judge = SignatureJudge(verifier: verifier, effort: .question)
    }

    private func keySet(of zone: Name) -> SignedSet? {
        evidence[zone]?.keys ?? (ownKeys?.zone == zone ? ownKeys?.set : nil)
    }

    mutating func link(_ zone: Name) -> ChainLink {
        let known = evidence[zone] ?? ZoneEvidence()
        let set = keySet(of: zone)
        let pointers = known.pointers ?? KeyPointers()
        let published = set.map { Self.published($0) } ?? []
        let named = namedKeys(published, zone, pointers)
        let counting = Set(published.filter { $0.isUsable && named.contains($0.tag) }.map(\.tag))
        var rows = known.delegation.map { signatures(over: $0) } ?? []
        let overKeys = set.map { signatures(over: $0, countingOnly: known.keys == nil ? nil : counting) } ?? []
        rows += overKeys
        let signers = Set(overKeys.filter(\.verifies).map(\.fields.keyTag))
        let usable = pointers.usableDigests
        return ChainLink(
            zone: zone, parent: known.parent, proof: proof(of: zone),
            delegation: pointers.digests.prefix(Limits.keptKeys).map {
                ChainDigest(
                    fields: $0, fit: set == nil ? nil : judge.fit($0, among: published, of: zone),
                    counts: usable.contains($0))
            },
            keys: published.map { key in
                ChainKey(
                    fields: key.fields, tag: key.tag, isNamed: named.contains(key.tag),
                    signsKeys: signers.contains(key.tag))
            }, signatures: rows)
    }

    /// How a zone stands at the moment; below a break it stands as the zone where the break is.
    private func proof(of zone: Name) -> Proof {
        guard !standing.isEmpty else { return evidence[zone]?.proof ?? .secure }
        var candidate: Name? = zone
        while let name = candidate {
            if let found = standing[name]?.proof, name == zone || found.verdict != .secure { return found }
            candidate = name.parent
        }
        return evidence[zone]?.proof ?? .secure
    }

    private static func published(_ set: SignedSet) -> [ZoneKeys.Key] {
        set.records.data.prefix(Limits.keptKeys).compactMap { DNSKEY($0) }.map { ZoneKeys.Key($0) }
    }

    private mutating func namedKeys(
        _ published: [ZoneKeys.Key], _ zone: Name, _ pointers: KeyPointers
    ) -> Set<UInt16> {
        var named: Set<UInt16> = []
        for key in published {
            let isNamed =
                pointers.keys.contains(key.fields)
                || pointers.usableDigests.prefix(Limits.keptKeys).contains {
                    $0.keyTag == key.tag && $0.algorithm == key.fields.algorithm
                        && judge.fits($0, key.fields, of: zone) == true
                }
            if isNamed { named.insert(key.tag) }
        }
        return named
    }

    /// The DS of a key with a digest of SHA-256, as a parent would publish it.
    func digest(of key: DNSKEY, _ zone: Name) -> DS? {
        let made = judge.verifier.digest(.sha256, CanonicalForm.delegationBytes(zone, key))
        return DS(
            type: .ds, keyTag: key.keyTag, algorithm: key.algorithm, digestType: DigestKind.sha256.rawValue,
            digest: made)
    }

    /// The signatures over a set, each tried with the keys of the zone that it names.
    mutating func signatures(over set: SignedSet, countingOnly named: Set<UInt16>? = nil) -> [ChainSignature] {
        var checks = 0
        return set.signatures.prefix(Limits.signatureChecksPerSet).map { signature in
            let fields = signature.fields
            let published = keySet(of: fields.signer).map { Self.published($0) } ?? []
            // A revoked key signs the key set to say so, and nothing else (RFC 5011 section 2.1).
            let keys = set.type == .dnskey ? published : published.filter(\.isUsable)
            let verdict =
                published.isEmpty ? .unchecked : judge.judge(fields, over: set.records, by: keys, checks: &checks)
            return ChainSignature(
                owner: set.name, ttl: set.records.ttl, fields: fields, verifies: verdict == .good,
                isChecked: verdict == .good || verdict == .wrong, counts: named?.contains(fields.keyTag) ?? true)
        }
    }
}

extension [ChainKey] {
    /// The keys that a DS should name: those that sign the key set and say that they are for it, or all that sign it.
    var entryPoints: [ChainKey] {
        let signing = filter { $0.signsKeys && !$0.fields.isRevoked && $0.fields.isZoneKey }
        let marked = signing.filter(\.fields.isSecureEntryPoint)
        return marked.isEmpty ? signing : marked
    }
}

extension ZoneEvidence {
    /// What the zone's state says; nothing where it was not judged.
    var proof: Proof? {
        switch state {
        case nil: nil
        case .secure: .secure
        case .other(let proof): proof
        }
    }

    var isSecure: Bool { proof?.verdict == .secure }
}
