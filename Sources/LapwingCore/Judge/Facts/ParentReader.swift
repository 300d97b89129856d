import DNSSEC
import DNSWire

/// Judges the parent's own signature over the DS or over its denial.
struct ParentReader {
    let domain: Name
    let now: Timestamp

    enum Verdict: Hashable {
        /// It is good at one server at least, or the parent is unsigned, or did not answer.
        case sound
        /// It is good at no server: the type of the set, and the fault of the signature or the proof.
        case bad(RecordType, String)
        /// It is good at no server, and not all signatures could be checked.
        case unchecked
    }

    func read(_ parent: ParentView, _ judge: inout SignatureJudge) -> Verdict {
        guard let zone = parent.zone else { return .sound }
        var bad: (RecordType, String)?
        var isUnchecked = false
        for server in parent.answers {
            guard let keys = server.answers[RecordSetKey(zone, .dnskey)], keys.outcome == .data,
                let ds = server.answers[RecordSetKey(domain, .ds)]
            else { continue }
            let records = ds.outcome == .data ? ds.records : ds.authority.filter { $0.type == .soa }
            let signatures = ds.outcome == .data ? ds.signatures : ds.authority.filter { $0.type == .rrsig }
            guard let first = records.first else { continue }
            let published = keys.records.prefix(Limits.keptKeys).compactMap { DNSKEY($0.data) }.map { ZoneKeys.Key($0) }
            let candidates = signatures.compactMap { RRSIG($0.data) }.filter {
                $0.typeCovered == first.type && $0.signer == zone
            }
            guard !candidates.isEmpty, !published.isEmpty else { continue }
            let set = RRset(name: first.name, type: first.type, ttl: first.ttl, data: records.map(\.data))
            switch read(set, candidates.prefix(Limits.keptSignatures), published, &judge) {
            case (.good, _):
                guard let fault = denialFault(ds, parent, zone, published, &judge) else { return .sound }
                bad = bad ?? (.nsec, fault)
            case (.unchecked, _): isUnchecked = true
            case (.wrong, let words), (.unsupported, let words): bad = bad ?? (first.type, words)
            }
        }
        if isUnchecked { return .unchecked }
        return bad.map { .bad($0.0, $0.1) } ?? .sound
    }

    /// Returns why the parent's records do not prove that the delegation has no DS; nil if they do, or if there are
    /// none.
    private func denialFault(
        _ ds: Answer, _ parent: ParentView, _ zone: Name, _ published: [ZoneKeys.Key], _ judge: inout SignatureJudge
    ) -> String? {
        guard ds.outcome == .noData, parent.state == .delegated,
            ds.authority.contains(where: { $0.type == .nsec || $0.type == .nsec3 })
        else { return nil }
        let examination = ZoneExamination(zone: zone, keys: published, at: UInt32(truncatingIfNeeded: now.seconds))
        let proof = examination.delegation(of: domain, by: ds.authority, &judge).proof
        return proof.verdict == .bogus ? proof.reason?.text : nil
    }

    private func read(
        _ set: RRset, _ signatures: ArraySlice<RRSIG>, _ keys: [ZoneKeys.Key], _ judge: inout SignatureJudge
    ) -> (SignatureVerdict, String) {
        let now = UInt32(truncatingIfNeeded: now.seconds)
        var worst = SignatureVerdict.wrong
        var words = "does not verify"
        var checks = 0
        for signature in signatures {
            guard Int32(bitPattern: signature.expiration &- now) > 0 else {
                words = "expired at \(TimeText.text(signature.expiration))"
                continue
            }
            guard Int32(bitPattern: now &- signature.inception) >= 0 else {
                words = "does not hold before \(TimeText.text(signature.inception))"
                continue
            }
            switch judge.judge(signature, over: set, by: keys, checks: &checks) {
            case .good: return (.good, "")
            case .wrong: words = "does not verify"
            case .unsupported where Algorithms.isSupported(signature.algorithm): worst = .unchecked
            // An unknown algorithm is no evidence of a fault.
            case .unsupported: return (.good, "")
            case .unchecked: worst = .unchecked
            }
        }
        return (worst, words)
    }
}
