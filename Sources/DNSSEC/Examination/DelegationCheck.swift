import DNSWire

/// The state of a zone's keys.
public enum KeyState: Hashable, Sendable {
    /// The zone is signed with these keys.
    case secure(ZoneKeys)
    /// The zone counts as unsigned, is bogus, or could not be validated; with the reason.
    case other(Proof)
}

extension Examiner {
    /// Validates a zone's DNSKEY RRset against the references of its parent zone or of a trust anchor (RFC 4035 section
    /// 5.2). Returns the state of its keys, and for how many seconds secure ones may be used.
    mutating func check(
        keySet set: SignedSet, of zone: Name, against pointers: KeyPointers
    ) -> (state: KeyState, life: UInt32) {
        if let reason = pointers.unusable(zone: zone) { return (.other(Proof(.insecure, reason)), 0) }
        let published = set.records.data.prefix(Limits.keptKeys).compactMap { DNSKEY($0) }.map { ZoneKeys.Key($0) }
        var fault = pointers.mismatch(of: zone, among: published)
        var entryPoints: [ZoneKeys.Key] = []
        var mismatches = 0
        for digest in pointers.usableDigests {
            for key in published where key.tag == digest.keyTag && key.fields.algorithm == digest.algorithm {
                guard mismatches < Limits.digestMismatches else {
                    return (.other(.bogus(.tooManySignatures, zone, "too many DS records of \(zone) fit no key")), 0)
                }
                guard judge.fits(digest, key.fields, of: zone) == true else {
                    mismatches += 1
                    continue
                }
                if !entryPoints.contains(key) { entryPoints.append(key) }
            }
        }
        for anchor in pointers.usableKeys {
            // A key that is itself a trust anchor authenticates the set even if it is not in the set.
            let key = ZoneKeys.Key(anchor)
            if !entryPoints.contains(key) { entryPoints.append(key) }
        }
        let usable = entryPoints.filter(\.isUsable)
        if let unusable = entryPoints.first, usable.isEmpty {
            let text = unusable.fields.isRevoked ? "is revoked" : "is not a zone key"
            return (
                .other(.bogus(.keyUnusable, zone, "the key \(unusable.tag) that the DS of \(zone) names \(text)")), 0
            )
        }
        // All entry points together: one valid signature of any of them is sufficient (RFC 6840 section 5.11).
        if !usable.isEmpty {
            let result = check(set, with: ZoneKeys(zone: zone, keys: usable))
            if result.proof.verdict == .secure, result.expandedFrom == nil {
                return (.secure(ZoneKeys(zone: zone, keys: ZoneKeys.keys(in: set.records))), result.life)
            }
            let named = usable.filter(published.contains)
            if !named.isEmpty { fault = Self.unsignedByNamed(set, named, zone) ?? result.proof }
        }
        if judge.effort.isSpent, entryPoints.isEmpty {
            return (
                .other(.indeterminate(.tooManySignatures, zone, "too many DS records and keys of \(zone) to try")), 0
            )
        }
        return (.other(fault), 0)
    }
}

extension Examiner {
    /// Returns the fault of a DNSKEY RRset that is signed, but not by a key with a DS; nil otherwise.
    private static func unsignedByNamed(_ set: SignedSet, _ named: [ZoneKeys.Key], _ zone: Name) -> Proof? {
        let own = set.signatures.map(\.fields).filter { $0.signer == zone }
        let isSigned = own.contains { fields in
            named.contains { $0.tag == fields.keyTag && $0.fields.algorithm == fields.algorithm }
        }
        guard !own.isEmpty, !isSigned else { return nil }
        func list(_ tags: [UInt16]) -> String { Set(tags).sorted().prefix(8).map { "\($0)" }.joined(separator: ", ") }
        return .bogus(
            .signatureWithoutKey, zone,
            "\(zone) DNSKEY: signed by key \(list(own.map(\.keyTag))), but not by key \(list(named.map(\.tag))), which the DS "
                + "names")
    }
}
