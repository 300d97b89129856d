internal import DNSWire

/// Verifies signatures with the keys of each zone.
struct SignatureSurvey {
    /// The known RRsets of the zones.
    let evidence: [Name: ZoneEvidence]
    /// The state of each zone at the given moment; a missing zone was not reached.
    let standing: [Name: ZoneEvidence]
    /// The published DNSKEY RRset of one zone to which no chain leads.
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

    /// Returns the state of a zone at the given moment; below a break it is that of the zone with the break.
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

    /// Returns the DS of a key with a SHA-256 digest, for publication in the parent zone.
    func digest(of key: DNSKEY, _ zone: Name) -> DS? {
        let made = judge.verifier.digest(.sha256, CanonicalForm.delegationBytes(zone, key))
        return DS(
            type: .ds, keyTag: key.keyTag, algorithm: key.algorithm, digestType: DigestKind.sha256.rawValue,
            digest: made)
    }

    /// Returns the signatures over an RRset, each checked with the keys of its zone.
    mutating func signatures(over set: SignedSet, countingOnly named: Set<UInt16>? = nil) -> [ChainSignature] {
        var checks = 0
        return set.signatures.prefix(Limits.signatureChecksPerSet).map { signature in
            let fields = signature.fields
            let published = keySet(of: fields.signer).map { Self.published($0) } ?? []
            // A revoked key signs only the DNSKEY RRset, to announce the revocation (RFC 5011 section 2.1).
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
    /// The keys for which there should be a DS: those that sign the DNSKEY RRset and have the SEP flag, or all that
    /// sign it.
    var entryPoints: [ChainKey] {
        let signing = filter { $0.signsKeys && !$0.fields.isRevoked && $0.fields.isZoneKey }
        let marked = signing.filter(\.fields.isSecureEntryPoint)
        return marked.isEmpty ? signing : marked
    }
}

extension ZoneEvidence {
    /// The proof for the zone's state; nil if it was not validated.
    var proof: Proof? {
        switch state {
        case nil: nil
        case .secure: .secure
        case .other(let proof): proof
        }
    }

    var isSecure: Bool { proof?.verdict == .secure }
}
