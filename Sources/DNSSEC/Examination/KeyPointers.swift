public import DNSWire

/// The references to a zone's keys in its parent zone or in a trust anchor.
public struct KeyPointers: Hashable, Sendable {
    /// Digests of keys.
    public var digests: [DS]
    /// Complete keys; only in trust anchors.
    public var keys: [DNSKEY]

    /// Makes references from digests, and for a trust anchor also from complete keys.
    public init(digests: [DS] = [], keys: [DNSKEY] = []) {
        self.digests = digests
        self.keys = keys
    }

    /// The digests with a supported type and algorithm.
    ///
    /// SHA-1 digests are ignored if there is a better one, whether that one matches a key or not (RFC 4509 section 3):
    /// otherwise an attacker who can forge a SHA-1 digest could bypass the better one.
    public var usableDigests: [DS] {
        let known = digests.filter { Algorithms.isSupported($0.algorithm) && Algorithms.digest($0.digestType) != nil }
        let better = known.filter { $0.digestType != DigestKind.sha1.rawValue }
        return better.isEmpty ? known : better
    }

    var usableKeys: [DNSKEY] { keys.filter { Algorithms.isSupported($0.algorithm) } }

    /// Returns the reason why the zone counts as unsigned although it has references; nil if at least one is usable.
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

extension KeyPointers {
    /// The result of comparing a digest with the published keys.
    public enum Fit: Hashable, Sendable {
        /// The digest matches a key.
        case fits
        /// There is a key with this tag and algorithm, but with another digest.
        case otherDigest
        /// There is no key with this tag and algorithm.
        case noKey
        /// The digest type is unsupported, so that nothing is known.
        case unknownDigest
    }

    /// Returns the fault of references without a matching published key, with the references and the published keys.
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
