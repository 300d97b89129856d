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
    /// Where there is a better one, those of SHA-1 do not count, whether the better one fits a key or not (RFC 4509
    /// section 3): who can forge a SHA-1 digest must not get round the other.
    public var usableDigests: [DS] {
        let known = digests.filter { Algorithms.isSupported($0.algorithm) && Algorithms.digest($0.digestType) != nil }
        let better = known.filter { $0.digestType != DigestKind.sha1.rawValue }
        return better.isEmpty ? known : better
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
    /// Checks a zone's DNSKEY set against what the parent or a trust anchor says (RFC 4035 section 5.2); gives the state of
    /// its keys, and for how many seconds secure ones may be relied on.
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
            // A key that is trusted by itself vouches for the set even when the set leaves it out.
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
        // All entry points at once: one good signature of any of them is enough (RFC 6840 section 5.11).
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
    /// What is wrong where the DNSKEY set has signatures, but none by a key that a DS names; nothing elsewhere.
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

extension KeyPointers {
    /// How a digest and the published keys go together.
    public enum Fit: Hashable, Sendable {
        /// The digest is that of the key.
        case fits
        /// There is a key of that tag and algorithm, and the digest is not its.
        case otherDigest
        /// There is no key of that tag and algorithm.
        case noKey
        /// The digest type is not known, so that nothing can be said.
        case unknownDigest
    }

    /// Why none of the pointers leads to a published key: which it is, and what is published in its place.
    func mismatch(of zone: Name, among published: [ZoneKeys.Key]) -> Proof {
        func list(_ parts: [String]) -> String {
            parts.prefix(4).joined(separator: ", ") + (parts.count > 4 ? " and \(parts.count - 4) more" : "")
        }
        let wrong = usableDigests.filter { digest in
            published.contains { $0.tag == digest.keyTag && $0.fields.algorithm == digest.algorithm }
        }
        if let first = wrong.first {
            let name = Algorithms.digestName(first.digestType)
            return .bogus(
                .keyMismatch, zone,
                "the \(name) digest of DS \(first.keyTag) of \(zone) is not that of DNSKEY \(first.keyTag)")
        }
        let wanted = usableDigests.map { "\($0.keyTag) (\(Algorithms.name($0.algorithm)))" }
        let there = published.map { "\($0.tag) (\(Algorithms.name($0.fields.algorithm)))" }
        let names = wanted.isEmpty ? "the trust anchor of \(zone)" : "DS \(list(wanted)) of \(zone)"
        return .bogus(
            .keyMismatch, zone, "\(names) fits no DNSKEY; the zone publishes \(there.isEmpty ? "none" : list(there))")
    }
}
