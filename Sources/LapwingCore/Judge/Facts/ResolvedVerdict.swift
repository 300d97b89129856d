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
        return Finding(
            .dnssecBroken, .signatures, .dnssecBroken, .critical, subject: RecordSetKey(domain, .dnskey),
            text: Narrative(
                "\(domain): DNSSEC is broken at \(reason.zone): \(reason.text).",
                grounds: ["resolved and validated from the trust anchor down, without any other resolver"],
                isNot: "a fault of the resolvers.",
                advice: "Follow the chain link by link; the fault lies in the zone \(reason.zone).",
                check: "lapwing dnssec \(domain)"))
    }
}
