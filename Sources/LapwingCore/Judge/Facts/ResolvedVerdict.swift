package import DNSSEC
package import DNSWire

/// A validating resolver's verdict on a domain, beside the findings of the rules at its servers.
package enum ResolvedVerdict {
    /// Codes which imply that validating resolvers reject data of the domain.
    private static let telling: Set<FindingCode> = [.dnssecBroken, .dnssecExpired, .dnssecDenial, .parentFailing]

    /// Returns a finding if a resolver considers the domain bogus and no rule explains why; nil otherwise.
    package static func finding(_ proof: Proof, _ domain: Name, beside findings: [Finding]) -> Finding? {
        guard proof.verdict == .bogus, let reason = proof.reason,
            !findings.contains(where: { telling.contains($0.code) && $0.severity == .critical })
        else { return nil }
        if reason.zone.isRoot, [.keyMismatch, .keyMissing].contains(reason.code) { return otherRoot(reason) }
        let zone = reason.zone.isRoot ? "the root zone" : "the zone \(reason.zone)"
        return Finding(
            .dnssecBroken, .signatures, .dnssecBroken, .critical, subject: RecordSetKey(domain, .dnskey),
            text: Narrative(
                "\(domain): DNSSEC is broken at \(reason.zone): \(reason.text).",
                grounds: ["resolved and validated from the trust anchor down, without any other resolver"],
                isNot: "a fault of the resolvers.",
                advice: "Follow the chain link by link; the fault lies in \(zone).",
                check: "lapwing dnssec \(domain)"))
    }

    /// The first link of every chain fails, so it says nothing about the domain.
    private static func otherRoot(_ reason: Reason) -> Finding {
        var finding = Finding(
            .monitorIntercepted, .monitor, .monitorFault, .warning,
            text: Narrative(
                "The keys of the root zone fit no trust anchor of this monitor. Nothing can be judged from here.",
                facts: ["\(reason.text)."],
                grounds: ["each chain of trust begins with these keys, that of every domain"],
                isNot: "a fault of any domain; nothing is concluded about them as long as this lasts.",
                advice:
                    "Find out whether DNS on this network leads to the real root servers. If another root is meant, name "
                    + "its key as the trust anchor; if not, see whether this Lapwing is older than a key of the root.",
                check: "lapwing dnssec ."))
        finding.shared = "monitor"
        finding.clearing = .absent(polls: 1)
        return finding
    }
}
