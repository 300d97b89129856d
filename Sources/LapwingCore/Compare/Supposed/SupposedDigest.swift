package import DNSSEC
import DNSWire

/// A DS record of a dry run, compared with the keys at the zone's servers.
package struct SupposedDigest: Sendable, Hashable {
    /// The DS record as text.
    package var text: String
    /// Whether a validator can follow it to a key that signs the key set; nil if that is unknown.
    package var leads: Bool?
    /// The matching key, or the fault, in one phrase.
    package var words: String

    /// Returns each DS record that the parent zone would have.
    package static func all(in snapshot: Snapshot, by verifier: any SignatureVerifier) -> [SupposedDigest] {
        let answers = snapshot.authorities.compactMap { $0.answer(snapshot.domain, .dnskey) }.filter(\.isConclusive)
        let answer = answers.first { !$0.records.isEmpty } ?? answers.first
        let keys = (answer?.records ?? []).prefix(Limits.keptKeys).compactMap { DNSKEY($0.data) }.map {
            ZoneKeys.Key($0)
        }
        let signers = (answer?.signatures ?? []).compactMap { RRSIG($0.data) }.filter { $0.typeCovered == .dnskey }
        let digests = snapshot.parent.ds.compactMap { DS($0.data) }
        let usable = KeyPointers(digests: digests).usableDigests
        var judge = SignatureJudge(verifier: verifier, effort: .survey)
        return digests.prefix(Limits.keptKeys).map { digest in
            var found = SupposedDigest(text: digest.data.text, leads: nil, words: "the servers did not show their keys")
            if let fault = fault(digest, beside: usable) {
                (found.leads, found.words) = (false, fault)
            } else if answer != nil {
                let now = UInt32(truncatingIfNeeded: snapshot.at.seconds)
                let valid = signers.filter {
                    Int32(bitPattern: $0.expiration &- now) > 0 && Int32(bitPattern: now &- $0.inception) >= 0
                }
                (found.leads, found.words) = read(digest, keys, (signers, valid), snapshot.domain, &judge)
            }
            return found
        }
    }

    /// Returns why validators ignore it; nil if they do not.
    private static func fault(_ digest: DS, beside usable: [DS]) -> String? {
        if !Algorithms.isSupported(digest.algorithm) {
            return "\(Algorithms.name(digest.algorithm)) is not supported by validators, which leave the DS out"
        }
        guard let kind = Algorithms.digest(digest.digestType) else {
            return "\(Algorithms.digestName(digest.digestType)) is not supported by validators, which leave the DS out"
        }
        if digest.digest.count != kind.length {
            return "a \(Algorithms.digestName(digest.digestType)) digest has \(kind.length) bytes, this one "
                + "\(digest.digest.count)"
        }
        return usable.contains(digest) ? nil : "SHA-1 does not count beside a better digest (RFC 4509 section 3)"
    }

    private static func read(
        _ digest: DS, _ keys: [ZoneKeys.Key], _ signers: (all: [RRSIG], valid: [RRSIG]), _ zone: Name,
        _ judge: inout SignatureJudge
    ) -> (leads: Bool?, words: String) {
        switch judge.fit(digest, among: keys, of: zone) {
        case .fits:
            func isOfKey(_ signature: RRSIG) -> Bool {
                signature.keyTag == digest.keyTag && signature.algorithm == digest.algorithm
            }
            let key = "fits key \(digest.keyTag) (\(Algorithms.name(digest.algorithm)))"
            if signers.valid.contains(where: isOfKey) { return (true, "\(key), which signs the keys") }
            let isOld = signers.all.contains(where: isOfKey)
            return (
                false,
                "\(key), \(isOld ? "whose signature over the keys does not hold now" : "which does not sign the keys")"
            )
        case .otherDigest:
            return (false, "the digest is not that of key \(digest.keyTag)")
        case .noKey:
            let there = keys.prefix(8).map { "\($0.tag) (\(Algorithms.name($0.fields.algorithm)))" }
            return (
                false,
                there.isEmpty
                    ? "the servers show no key at all"
                    : "fits none of the keys that the servers show: \(there.joined(separator: ", "))"
            )
        case .unknownDigest:
            return (nil, "not found out: it would take more work than is allowed")
        }
    }
}
