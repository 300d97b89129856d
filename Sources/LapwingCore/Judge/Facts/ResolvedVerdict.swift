package import DNSSEC
package import DNSWire

/// What a validating resolver says of a domain, beside what the rules found at its servers.
package enum ResolvedVerdict {
    /// Codes that tell that validating resolvers refuse something of the domain.
    private static let telling: Set<FindingCode> = [.dnssecBroken, .dnssecExpired, .dnssecDenial, .parentFailing]

    /// The finding for a domain that a resolver takes for bogus while no rule says why; nothing elsewhere.
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
