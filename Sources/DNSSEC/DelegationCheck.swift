public import DNSWire

/// What a parent, or a trust anchor, says of a zone's keys.
public struct KeyPointers: Hashable, Sendable {
    /// Digests of keys.
    public var digests: [DS]
    /// Whole keys; only trust anchors have them.
    public var keys: [DNSKEY]

    /// Digests, and for a trust anchor also whole keys.
    public init(digests: [DS] = [], keys: [DNSKEY] = []) {
        self.digests = digests
        self.keys = keys
    }

    /// The digests that count: of a known kind, for a known algorithm.
    ///
    /// One good path is enough (RFC 6840 section 5.11), also by SHA-1 beside a better digest that fits nothing: Unbound
    /// takes it, BIND does not (RFC 4509 section 3).
    var usableDigests: [DS] {
        digests.filter { Algorithms.isSupported($0.algorithm) && Algorithms.digest($0.digestType) != nil }
    }

    var usableKeys: [DNSKEY] { keys.filter { Algorithms.isSupported($0.algorithm) } }

    /// Why the zone counts as unsigned although it has pointers; nothing when at least one counts.
    func unusable(zone: Name) -> Reason? {
        guard usableDigests.isEmpty, usableKeys.isEmpty else { return nil }
        if digests.contains(where: { Algorithms.isSupported($0.algorithm) }) {
            let types = Set(digests.map(\.digestType)).sorted().map(String.init).joined(separator: ", ")
            return Reason(.digestUnsupported, zone: zone, "no DS of \(zone) has a known digest type: \(types)")
        }
        let names = Set(digests.map(\.algorithm) + keys.map(\.algorithm)).sorted().map(Algorithms.name)
        return Reason(
            .algorithmUnsupported, zone: zone,
            "no algorithm of \(zone) is supported: \(names.joined(separator: ", "))")
    }
}

/// Whether a zone has keys to check with.
public enum KeyState: Hashable, Sendable {
    /// The zone is signed, and these are its keys.
    case secure(ZoneKeys)
    /// The zone counts as unsigned, is broken, or could not be judged; with the reason.
    case other(Proof)
}

extension Examiner {
    /// Checks a zone's DNSKEY set against what the parent or a trust anchor says (RFC 4035 section 5.2).
    mutating func check(keySet set: SignedSet, of zone: Name, against pointers: KeyPointers) -> KeyState {
        if let reason = pointers.unusable(zone: zone) { return .other(Proof(.insecure, reason)) }
        var fault = Proof.bogus(.keyMismatch, zone, "no DNSKEY of \(zone) is the one that its DS names")
        let published = set.records.data.prefix(Limits.keptKeys).compactMap { DNSKEY($0) }.map { ZoneKeys.Key($0) }
        var entryPoints: [ZoneKeys.Key] = []
        var mismatches = 0
        for digest in pointers.usableDigests {
            for key in published where key.tag == digest.keyTag && key.fields.algorithm == digest.algorithm {
                guard mismatches < Limits.digestMismatches else {
                    return .other(.bogus(.tooManySignatures, zone, "too many DS records of \(zone) fit no key"))
                }
                guard let kind = Algorithms.digest(digest.digestType),
                    verifier.digest(kind, CanonicalForm.delegationBytes(zone, key.fields)) == digest.digest
                else {
                    mismatches += 1
                    continue
                }
                if !entryPoints.contains(key) { entryPoints.append(key) }
            }
        }
        for anchor in pointers.usableKeys {
            // A key that is trusted by itself vouches for the set even when the set leaves it out.
            let key = ZoneKeys.Key(anchor)
            if !entryPoints.contains(key) { entryPoints.append(key) }
        }
        let usable = entryPoints.filter(\.isUsable)
        if let unusable = entryPoints.first, usable.isEmpty {
            let text = unusable.fields.isRevoked ? "is revoked" : "is not a zone key"
            return .other(.bogus(.keyUnusable, zone, "the key \(unusable.tag) that the DS of \(zone) names \(text)"))
        }
        // All entry points at once: one good signature of any of them is enough (RFC 6840 section 5.11).
        if !usable.isEmpty {
            let result = check(set, with: ZoneKeys(zone: zone, keys: usable))
            if result.proof.verdict == .secure, result.expandedFrom == nil {
                return .secure(ZoneKeys(zone: zone, keys: ZoneKeys.keys(in: set.records)))
            }
            if usable.contains(where: published.contains) { fault = result.proof }
        }
        return .other(fault)
    }
}
