import DNSWire

/// The records that a file of the owner declares, compared with the records that the servers serve.
enum DriftRule {
    /// The largest number of findings in one round; further differences are only counted.
    private static let most = 24

    static let rule = Rule(
        "drift", references: ["RFC 1034 §4.3.2", "RFC 4592", "RFC 2181 §5"],
        table: [
            Rule.Row(.driftRecords, .recordsLost, [.notice, .warning], "declared, and no server has it"),
            Rule.Row(
                .driftRecords, .plannedChange, [.notice, .warning],
                "served otherwise than declared; a notice where it is served and not declared, and in announced work"),
            Rule.Row(.driftTTL, .ttlAnomaly, [.notice], "the TTL at the servers is not the declared one"),
            Rule.Row(
                .driftResolver, .propagation, [.info], "the servers have what is declared, a resolver something else"),
            Rule.Row(
                .driftSource, .monitorFault, [.warning],
                "the source cannot be read, does not declare the domain, or holds what cannot be read"),
        ]
    ) { picture, found in
        guard let declaration = picture.watch.declaration else { return [] }
        let source = declaration.fault.map { [broken(declaration, $0, picture)] } ?? []
        guard !picture.isBlind, let zone = declaration.zone else { return source }
        let drifts = picture.drifts.filter { $0.isDifferent || $0.standing == .behind }
            .sorted { (rank($0), "\($0.key)") < (rank($1), "\($1.key)") }
        var findings = drifts.prefix(most).compactMap { finding($0, zone, picture, found) }
        if drifts.count > most, let last = findings.indices.last {
            findings[last].text.facts.append("\(drifts.count - most) more differ; lapwing drift shows all.")
        }
        return source + findings
    }

    private static func rank(_ drift: Drift) -> Int {
        switch drift.standing {
        case .missing: 0
        case .changed: 1
        case .undeclared: 2
        case .ttl: 3
        default: 4
        }
    }

    private static func finding(
        _ drift: Drift, _ zone: DeclaredZone, _ picture: Picture, _ found: [Finding]
    ) -> Finding? {
        let key = drift.key
        let isWork = picture.isAnnounced(key.type)
        var finding: Finding
        let text = narrative(drift, zone, picture)
        switch drift.standing {
        case .missing:
            finding = Finding(
                .driftRecords, .drift, .recordsLost, isWork ? .notice : .warning, subject: key, text: text)
        case .changed, .undeclared:
            let isLow = isWork || drift.standing == .undeclared
            finding = Finding(
                .driftRecords, .drift, .plannedChange, isLow ? .notice : .warning, subject: key, text: text)
        case .ttl:
            finding = Finding(.driftTTL, .drift, .ttlAnomaly, .notice, subject: key, text: text)
        case .behind:
            // A resolver that forges, filters or keeps data too long is the matter of the rules about resolvers.
            guard !found.contains(where: { $0.subject == key && $0.cause != .drift }) else { return nil }
            finding = Finding(.driftResolver, .drift, .propagation, .info, subject: key, text: text)
        case .same, .unknown: return nil
        }
        // Some minutes pass between a commit and its roll-out.
        finding.need = .polls(2)
        finding.clearing = .absent(polls: 1)
        let hosts = Set(drift.servers.flatMap(\.names))
        finding.evidence =
            picture.sets.first { $0.key == key }?.own
            .filter { hosts.contains("\($0.server.host)") }.prefix(2)
            .map { EvidencePointer($0.server.source, key) } ?? []
        return finding
    }

    private static func narrative(_ drift: Drift, _ zone: DeclaredZone, _ picture: Picture) -> Narrative {
        var facts: [String] = []
        if !drift.faithful.isEmpty, drift.isDifferent {
            facts.append("As declared on \(Change.list(drift.faithful)).")
        }
        if let change = DeclaredChange(drift, in: zone) {
            facts.append("To declare what is served:")
            facts += change.lines.prefix(16)
        }
        if let revision = zone.revision { facts.append("\(zone.source) is checked out at \(revision).") }
        return Narrative(
            drift.sentence(source: zone.source), facts: facts,
            grounds: drift.standing == .behind ? ["its cache may still live"] : ["the servers were asked directly"],
            isNot: drift.standing == .behind
                ? nil : "a change in time: two places say different things now, whichever was there first.",
            advice: drift.standing == .behind
                ? nil : "Bring out again what is declared, or declare what is served: lapwing drift \(picture.domain)",
            check: picture.dig(drift.key))
    }

    private static func broken(_ declaration: Declaration, _ fault: String, _ picture: Picture) -> Finding {
        let source = Change.list(declaration.sources)
        let known = declaration.zone
        var finding = Finding(
            .driftSource, .declaration, .monitorFault, .warning,
            text: Narrative(
                "What \(source) declares cannot be read: \(fault).",
                facts: [
                    known == nil
                        ? "Nothing is known of what is declared of \(picture.domain), so nothing is compared."
                        : "Compared is what could be read, now or before."
                ] + (declaration.place.isEmpty ? [] : ["Named in \(declaration.place)."]),
                grounds: ["the source is read when the configuration is, and when it changes"],
                isNot: "a fault of what is served.",
                advice: "Repair the source; it is read again by itself."))
        finding.shared = "source \(source)"
        finding.need = .now
        finding.clearing = .absent(polls: 1)
        return finding
    }
}
