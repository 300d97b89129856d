import DNSWire

/// Names that were never seen to be a domain: most of them are misspelt.
extension RegistrationRule {
    /// Returns a finding if the parent zone denies a delegation that never existed, as far as is known.
    static func neverDelegated(_ picture: Picture) -> Finding? {
        guard picture.state.baseline.names.isEmpty, facts(picture) == nil else { return nil }
        let parent = picture.snapshot.parent
        let zone = parent.zone.map { "\($0)" } ?? "the zone above"
        let isInside = parent.state == .undelegated
        // A check-up is about this name and nothing else; a watch may wait for a name that is yet to be registered.
        let severity: Severity = picture.state.learntAt == nil ? .warning : .critical
        var finding = Finding(
            .delegationMissing, .registration, .delegationBroken, severity, subject: RecordSetKey(picture.domain, .ns),
            text: Narrative(
                isInside
                    ? "\(picture.domain) is a name inside the zone \(zone), no domain of its own: nothing is delegated there."
                    : "\(picture.domain) does not exist: \(zone) knows no such domain (NXDOMAIN). A typing error?",
                facts: picture.snapshot.registry?.outcome == .available ? ["The registry knows no such domain."] : [],
                grounds: ["the servers of \(zone) were asked directly and answered with authority"],
                isNot: "a domain that was taken away: it was never seen to be there.",
                advice: isInside
                    ? "Watch \(zone) instead, with this name among its `names`."
                    : "See whether it is written right; if it is new, register it first.",
                check:
                    "dig +norecurse \(picture.domain) NS @\(parent.answers.first.map { "\($0.address)" } ?? "parent")"))
        finding.evidence = parent.answers.map {
            EvidencePointer(.parent($0.address), RecordSetKey(picture.domain, .ns))
        }
        finding.look.asksRegistry = !isInside
        return finding
    }
}
