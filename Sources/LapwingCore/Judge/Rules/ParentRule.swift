import DNSSEC
import DNSWire

/// R10: the zone above is at fault: its servers fail, or its signatures do not verify.
enum ParentRule {
    static let rule = Rule(
        "parent", references: ["RFC 4035 §5", "RFC 8914"],
        table: [
            Rule.Row(
                .parentFailing, .parentFault, [.critical],
                "bad signatures of the parent, siblings failing at two resolvers, or no answer from it in two polls")
        ]
    ) { picture, _ in
        guard !picture.isBlind, let zone = picture.snapshot.parent.zone else { return [] }
        let siblings = picture.resolvers.filter { $0.siblingsFail && $0.controlsWork }
        let healthy = picture.resolvers.filter { $0.controlsWork && !$0.siblingsFail }
        var findings: [Finding] = []
        if let why = badSignature(zone, picture) {
            findings.append(signatures(zone, why, siblings, picture))
        } else if siblings.count >= 2 {
            var finding = signatures(zone, "siblings of the domain fail in the same way", siblings, picture)
            // Second-hand: two resolvers may well fail by themselves in the same round.
            finding.need = .polls(3)
            findings.append(finding)
        }
        let state = picture.snapshot.parent.state
        if state == .failing || state == .silent, !healthy.isEmpty || !siblings.isEmpty,
            !picture.snapshot.parent.answers.isEmpty
        {
            findings.append(silent(zone, state, picture))
        }
        return findings
    }

    /// Why the parent's own signature over the DS, or over its denial, is not good; nil when it is or cannot be told.
    private static func badSignature(_ zone: Name, _ picture: Picture) -> String? {
        guard picture.trustsClock else { return nil }
        var verdicts: [String?] = []
        for server in picture.snapshot.parent.answers {
            guard let keys = server.answers[RecordSetKey(zone, .dnskey)], keys.outcome == .data,
                let ds = server.answers[RecordSetKey(picture.domain, .ds)]
            else { continue }
            let set = ds.outcome == .data ? ds.records : ds.authority.filter { $0.type == .soa }
            let signatures = ds.outcome == .data ? ds.signatures : ds.authority.filter { $0.type == .rrsig }
            guard let first = set.first else { continue }
            let listed = keys.records.prefix(32).compactMap { DNSKEY($0.data) }
            let candidates = signatures.compactMap { RRSIG($0.data) }.filter {
                $0.typeCovered == first.type && $0.signer == zone
            }
            guard !candidates.isEmpty, !listed.isEmpty else { continue }
            let rrset = RRset(name: first.name, type: first.type, ttl: first.ttl, data: set.map(\.data))
            verdicts.append(
                candidates.prefix(4).contains { verifies(rrset, $0, listed, picture) } ? nil : "\(first.type)")
        }
        guard !verdicts.isEmpty, verdicts.allSatisfy({ $0 != nil }), let type = verdicts[0] else { return nil }
        return "its signature over the \(type) does not verify"
    }

    private static func verifies(_ set: RRset, _ signature: RRSIG, _ keys: [DNSKEY], _ picture: Picture) -> Bool {
        let now = UInt32(truncatingIfNeeded: picture.now.seconds)
        guard Int32(bitPattern: signature.expiration &- now) > 0, Int32(bitPattern: now &- signature.inception) >= 0,
            let bytes = CanonicalForm.signedBytes(set, signature)
        else { return false }
        return keys.filter { $0.keyTag == signature.keyTag && $0.algorithm == signature.algorithm }.prefix(4).contains {
            picture.verifier.verify(
                algorithm: signature.algorithm, publicKey: $0.publicKey, data: bytes, signature: signature.signature)
                != false
        }
    }

    private static func signatures(_ zone: Name, _ why: String, _ siblings: [ResolverFact], _ picture: Picture)
        -> Finding
    {
        let names = picture.watch.controls.map(\.name).filter { !zone.isRoot && $0.isSubdomain(of: zone) }.map(
            \.description)
        var finding = base(
            zone, picture,
            "\(picture.domain) fails, or will fail, at validating resolvers because the parent zone \(zone) is at fault: \(why)."
        )
        finding.text.facts = [
            siblings.isEmpty
                ? "Resolvers fail as their caches end (SERVFAIL)."
                : "SERVFAIL for other names under \(zone) (\(Change.list(names.isEmpty ? ["\(zone) SOA"] : names))) at "
                    + "\(Change.list(siblings.map(\.label))); names elsewhere resolve there."
        ]
        finding.text.grounds = [
            "the parent was asked directly with DO and its DNSSEC signature computed",
            "your own chain from the DS on is consistent",
        ]
        return finding
    }

    private static func silent(_ zone: Name, _ state: ParentView.State, _ picture: Picture) -> Finding {
        let what = state == .silent ? "do not answer" : "answer with errors (SERVFAIL)"
        var finding = base(
            zone, picture,
            "The servers of the parent zone \(zone) \(what): the delegation of \(picture.domain) cannot be found.")
        finding.text.facts = ["Resolvers fail as the delegation leaves their caches."]
        finding.text.grounds = ["all parent servers that were asked", "names under other zones resolve"]
        finding.need = Confirmation(looks: 3, polls: 2)
        return finding
    }

    private static func base(_ zone: Name, _ picture: Picture, _ headline: String) -> Finding {
        var finding = Finding(
            .parentFailing, .parent, .parentFault, .critical, subject: RecordSetKey(picture.domain, .ds),
            text: Narrative(
                headline,
                isNot:
                    "a fault of your servers, keys or DS: change nothing. Removing the DS would not help and would outlast the fault.",
                advice: "Tell your users; follow the status page of the registry.",
                check:
                    "dig +dnssec +norecurse \(picture.domain) DS @\(picture.snapshot.parent.answers.first.map { "\($0.address)" } ?? "parent")"
            ))
        finding.shared = "parent zone \(zone)"
        finding.clearing = .absent(polls: 3)
        finding.evidence = picture.snapshot.parent.answers.map {
            EvidencePointer(.parent($0.address), RecordSetKey(picture.domain, .ds))
        }
        return finding
    }
}
