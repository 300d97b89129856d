import DNSSEC
import DNSWire

/// The parent zone is at fault: its servers fail, or its signatures do not verify.
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
            // Not seen at the source: two resolvers may fail by coincidence in the same round.
            finding.need = .polls(3)
            findings.append(finding)
        }
        let state = picture.snapshot.parent.state
        if state == .failing || state == .silent, !healthy.isEmpty || !siblings.isEmpty,
            !picture.snapshot.parent.answers.isEmpty, picture.state.learntAt != nil || picture.isFirstLook
        {
            findings.append(silent(zone, state, picture))
        }
        return findings
    }

    /// Returns why the parent's own signature over the DS, or over its denial, is bad; nil if it is good or unknown.
    private static func badSignature(_ zone: Name, _ picture: Picture) -> String? {
        guard picture.trustsClock, case .bad(let type, let words) = picture.parentSignature else { return nil }
        return type == .nsec ? "its denial of a DS proves nothing: \(words)" : "its signature over the \(type) \(words)"
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
            "\(picture.domain): the servers of the parent zone \(zone) \(what), its delegation cannot be found.")
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
