package import DNSSEC
import DNSWire

/// Judges one snapshot without history: what is wrong with a domain now, whoever looks at it for the first time.
package enum Checkup {
    /// All findings, worst first.
    package static func findings(watch: Watch, snapshot: Snapshot, verifier: any SignatureVerifier) -> [Finding] {
        // A memory that has seen a round, but nothing in it: rules about states speak, rules about changes are silent.
        var state = WatchState()
        state.learntAt = snapshot.at
        var verdicts = VerdictCache()
        let picture = Picture(watch: watch, state: state, snapshot: snapshot, verifier: verifier, verdicts: &verdicts)
        let rules = [
            ClockRule.rule, RegistryRule.rule, ParentRule.rule, ServersRule.rule, GlueRule.rule, ChainRule.rule,
            ExpiryRule.rule, DenialRule.rule, SignalRule.rule, TransportRule.rule, DependencyRule.rule,
            ResolverRule.rule,
            ExpectationRule.rule,
        ]
        var findings: [Finding] = []
        for rule in rules { findings += rule.judge(picture, findings) }
        guard !picture.isBlind else { return findings }
        findings +=
            delegation(picture) + servers(picture) + records(picture) + resolvers(picture) + security(picture)
            + registration(picture)
        var seen: Set<String> = []
        return findings.filter { seen.insert("\($0.code) \($0.cause) \($0.subject?.description ?? "")").inserted }
            .enumerated().sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }.map(\.element)
    }

    static func finding(
        _ code: FindingCode, _ severity: Severity, _ headline: String, subject: RecordSetKey? = nil,
        facts: [String] = [],
        advice: String? = nil, check: String? = nil, evidence: [EvidencePointer] = []
    ) -> Finding {
        var finding = Finding(
            code, Cause(rawValue: subject?.description ?? code.rawValue), .routine, severity, subject: subject,
            text: Narrative(headline, facts: facts, advice: advice, check: check))
        finding.evidence = evidence
        return finding
    }
}
